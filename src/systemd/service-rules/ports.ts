import { capabilitiesOf } from '../capabilities.js';
import type { ServiceRule, ServiceView } from './service-rule.js';

const CAPABILITY = 'CAP_NET_BIND_SERVICE';

/**
 * Ports that an account may not listen on (capabilities(7), CAP_NET_BIND_SERVICE; user_namespaces(7)).
 *
 * @internal
 */
export const portRules: readonly ServiceRule[] = [
  {
    id: 'port-without-capability',
    level: 'error',
    reads: ['PrivateUsers', 'CapabilityBoundingSet', 'AmbientCapabilities'],
    *check(view) {
      const { account, listeners, firstFreePort } = view;
      if (account.capabilities.has(CAPABILITY) && !account.isInNamespace) return;
      const kept = listeners.find(({ port }) => port > 0 && port < firstFreePort);
      if (kept === undefined) return;
      const [reason, cure] = account.isInNamespace
        ? ['PrivateUsers= gives etcd no capability over ports of the host', 'Write PrivateUsers=no']
        : [
            `the unit runs etcd as ${account.name} without ${CAPABILITY}`,
            `Write both AmbientCapabilities=${CAPABILITY} and CapabilityBoundingSet=${CAPABILITY}`,
          ];
      yield {
        directives: account.isInNamespace ? ['PrivateUsers'] : lacking(view),
        message: `${kept.text} has a port below ${firstFreePort}, and ${reason}.`,
        cure: `${cure}, or take a port from ${firstFreePort} on.`,
        says: `listen tcp ${kept.host}:${kept.port}: bind: permission denied`,
      };
    },
  },
];

function lacking({ sections }: ServiceView): readonly [string, ...string[]] {
  return capabilitiesOf(sections, true).has(CAPABILITY)
    ? ['AmbientCapabilities', 'CapabilityBoundingSet']
    : ['CapabilityBoundingSet', 'AmbientCapabilities'];
}
