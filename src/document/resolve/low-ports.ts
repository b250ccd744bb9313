import type { ClusterSpec } from '../../cluster-spec.js';
import { listenPorts } from '../../etcd/listen-ports.js';
import { capabilitiesOf } from '../../systemd/capabilities.js';
import { FIRST_UNPRIVILEGED_PORT } from '../../systemd/unprivileged-port.js';
import type { IssueList } from '../issue-list.js';

const CAPABILITY = 'CAP_NET_BIND_SERVICE';
/** Directives that can take the capability away; what the bundle adds by itself does not stand beside them. */
const DIRECTIVES: readonly string[] = ['AmbientCapabilities', 'CapabilityBoundingSet'];

/**
 * Refuses directives that keep an account from a port of a member below 1024 (capabilities(7), CAP_NET_BIND_SERVICE).
 *
 * @internal
 */
export function checkLowPorts({ members, systemd }: ClusterSpec, issues: IssueList): void {
  const low = members.flatMap(listenPorts).find((port) => port < FIRST_UNPRIVILEGED_PORT);
  if (low === undefined || systemd.user === 'root') return;
  const own = systemd.directives.find(({ name }) => name === 'Service')?.directives ?? [];
  for (const directive of own) {
    const { name } = directive;
    if (!DIRECTIVES.includes(name)) continue;
    const left = capabilitiesOf(
      [{ name: 'Service', directives: [directive] }],
      name === 'CapabilityBoundingSet',
    );
    if (left.has(CAPABILITY)) continue;
    issues.add(
      'port-without-capability',
      `systemd.directives.Service.${name}`,
      `${systemd.user} may not listen on port ${low} without ${CAPABILITY}, which ${name} leaves out.`,
      `Add ${CAPABILITY}, or choose ports from ${FIRST_UNPRIVILEGED_PORT} on.`,
    );
  }
}
