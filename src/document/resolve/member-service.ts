import type { ClusterSpec, MemberSpec, SystemdSection } from '../../cluster-spec.js';
import { clusterTokenFiles } from '../../etcd/auth-token.js';
import { logFiles } from '../../etcd/log-files.js';
import { withOwnFolders } from '../../etcd/own-folders.js';
import { planUnitDirectives } from '../../etcd/unit-directives.js';
import { walDirectory } from '../../etcd/wal-directory.js';
import { endpointUrl } from '../../net/endpoint.js';
import { parseUrlList } from '../../net/etcd-url.js';
import { hostText } from '../../net/host.js';
import { memberFiles } from '../../pki/plan.js';
import { capabilitiesOf } from '../../systemd/capabilities.js';
import { isOn } from '../../systemd/directive-values.js';
import { directiveWords } from '../../systemd/directive-words.js';
import { sandboxOf } from '../../systemd/sandbox/sandbox.js';
import type { ServiceListener, ServiceView } from '../../systemd/service-rules/service-rule.js';
import { resolveSpecifiers, unitSpecifiers } from '../../systemd/specifiers.js';
import { FIRST_UNPRIVILEGED_PORT } from '../../systemd/unprivileged-port.js';
import { normalizePath } from '../../text/path.js';

/**
 * The service that a member will have, as the rules about services see it.
 *
 * @internal
 */
export interface MemberService {
  /** Of the first member that has it, in the order of the document. */
  readonly index: number;
  readonly view: ServiceView;
}

/**
 * The services that the members will have: one for all members that do not differ in what the rules look at.
 *
 * @internal
 */
export function memberServices(spec: ClusterSpec): readonly MemberService[] {
  const filesOf = memberFiles(spec);
  const services = new Map<string, () => MemberService>();
  for (const [index, member] of spec.members.entries()) {
    const { dataDir = '', walDir = '', listenClientSockets = [] } = member;
    const files = filesOf(member);
    const listeners = listenersOf(spec, member);
    const key = [
      dataDir,
      walDir,
      ...files,
      ...listeners.map(({ host, port }) => `${host.includes(':') ? 6 : 4} ${port}`),
      ...listenClientSockets.map(({ path }) => path),
    ].join('\n');
    if (!services.has(key))
      services.set(key, () => ({ index, view: memberService(spec, member, files, listeners) }));
  }
  return [...services.values()].map((service) => service());
}

function memberService(
  cluster: ClusterSpec,
  member: MemberSpec,
  certificates: readonly string[],
  listeners: readonly ServiceListener[],
): ServiceView {
  const spec = withOwnFolders(cluster, member);
  const { etcd, systemd } = spec;
  const sections = resolved(planUnitDirectives(spec, member, certificates), systemd.unit);
  const isRoot = systemd.user === 'root';
  const walDir = walDirectory(spec);
  return {
    sections,
    sandbox: sandboxOf(sections),
    account: {
      name: systemd.user,
      isRoot,
      capabilities: capabilitiesOf(sections, isRoot),
      isInNamespace: isOn(sections, 'PrivateUsers') && !isOn(sections, 'PrivateNetwork'),
    },
    variables: new Map(
      directiveWords(sections, 'Environment').map((word) => {
        const at = word.indexOf('=');
        return [word.slice(0, at), word.slice(at + 1)];
      }),
    ),
    binary: etcd.binary,
    reads: [
      ...(etcd.config === 'yaml' && etcd.configFile !== undefined ? [etcd.configFile] : []),
      ...certificates,
      ...clusterTokenFiles(spec),
    ],
    writes: [
      { setting: 'data-dir', path: etcd.dataDir },
      ...(walDir === undefined ? [] : [{ setting: 'wal-dir', path: walDir }]),
      ...logFiles(spec).map(({ text }) => ({ setting: 'log-outputs', path: normalizePath(text) })),
    ],
    listeners,
    sockets: (member.listenClientSockets ?? []).map(({ path }) => path),
    firstFreePort: FIRST_UNPRIVILEGED_PORT,
  };
}

function resolved(sections: readonly SystemdSection[], unit: string): readonly SystemdSection[] {
  const name = `${unit}.service`;
  const specifiers = unitSpecifiers(name, `/etc/systemd/system/${name}`);
  return sections.map((section) => ({
    name: section.name,
    directives: section.directives.map((directive) => ({
      name: directive.name,
      values: directive.values.map((value) => resolveSpecifiers(value, specifiers)),
    })),
  }));
}

function listenersOf({ etcd }: ClusterSpec, member: MemberSpec): readonly ServiceListener[] {
  const own = [...member.listenClientUrls, ...member.listenPeerUrls, ...member.listenMetricsUrls].map(
    (endpoint) => ({ text: endpointUrl(endpoint), host: hostText(endpoint.host), port: endpoint.port }),
  );
  const http = [...etcd.settings, ...(member.settings ?? [])].findLast(
    ({ name }) => name === 'listen-client-http-urls',
  );
  const more = parseUrlList(http?.value ?? '').urls.flatMap(({ scheme, text, host, port }) =>
    scheme.startsWith('unix') ? [] : [{ text, host, port: Number(port) }],
  );
  return [...own, ...more];
}
