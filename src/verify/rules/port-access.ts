import { accessOf } from '../../host/account/access.js';
import { firstFreePort } from '../../host/account/first-free-port.js';
import type { MemberView } from '../../host/member-view.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { isOn } from '../../systemd/directive-values.js';
import type { Rule } from '../rule.js';

/** @internal */
export const portAccess: Rule = {
  name: 'port-access',
  summary: 'The account that etcd runs as may listen on its ports.',
  levels: ['error'],
  source: 'capabilities(7), CAP_NET_BIND_SERVICE; user_namespaces(7); ip(7), ip_unprivileged_port_start',
  *check({ members }) {
    for (const member of members) {
      const { service, root, label } = member;
      if (service.type !== 'unit' || service.user?.includes('%')) continue;
      const { identity } = accessOf(service, root);
      const isInNamespace = identity.mapped !== undefined && !isOn(service.sections, 'PrivateNetwork');
      if (identity.capabilities.has('CAP_NET_BIND_SERVICE') && !isInNamespace) continue;
      const free = firstFreePort(root);
      const kept = listeners(member).find(({ port }) => Number(port) > 0 && Number(port) < free);
      if (kept === undefined) continue;
      const [reason, cure] = isInNamespace
        ? ['PrivateUsers= gives etcd no capability over ports of the host', 'Write PrivateUsers=no']
        : [
            `the unit runs etcd as ${identity.name} without CAP_NET_BIND_SERVICE`,
            'Write both AmbientCapabilities=CAP_NET_BIND_SERVICE and CapabilityBoundingSet=CAP_NET_BIND_SERVICE',
          ];
      yield {
        level: 'error',
        member: label,
        path: service.originOf(isInNamespace ? 'PrivateUsers' : 'CapabilityBoundingSet'),
        message: `${kept.text} has a port below ${free}, and ${reason}.`,
        cure: `${cure}, or take a port from ${free} on.`,
        etcdSays: `listen tcp ${kept.host}:${kept.port}: bind: permission denied`,
      };
    }
  },
};

function listeners({ listenClient, listenPeer, listenHttp, listenMetrics }: MemberView): readonly EtcdUrl[] {
  return [...listenClient, ...listenPeer, ...listenHttp, ...listenMetrics].filter(
    ({ scheme }) => !scheme.startsWith('unix'),
  );
}
