import type { ClusterSpec } from '../../cluster-spec.js';
import type { IssueList } from '../issue-list.js';

const FIRST_UNPRIVILEGED_PORT = 1024;
const CAPABILITY = 'CAP_NET_BIND_SERVICE';
/** Directives that can take the capability away; what the bundle adds by itself does not stand beside them. */
const DIRECTIVES: readonly string[] = ['AmbientCapabilities', 'CapabilityBoundingSet'];

/**
 * Refuses directives that keep an account from a port of a member below 1024 (capabilities(7), CAP_NET_BIND_SERVICE).
 *
 * @internal
 */
export function checkLowPorts({ members, systemd }: ClusterSpec, issues: IssueList): void {
  const ports = members.flatMap(({ listenClientUrls, listenPeerUrls, listenMetricsUrls }) =>
    [...listenClientUrls, ...listenPeerUrls, ...listenMetricsUrls].map(({ port }) => port),
  );
  const low = ports.find((port) => port < FIRST_UNPRIVILEGED_PORT);
  if (low === undefined || systemd.user === 'root') return;
  const own = systemd.directives.find(({ name }) => name === 'Service')?.directives ?? [];
  for (const { name, values } of own) {
    if (!DIRECTIVES.includes(name) || values.length === 0 || values.some(grants)) continue;
    issues.add(
      'port-without-capability',
      `systemd.directives.Service.${name}`,
      `${systemd.user} may not listen on port ${low} without ${CAPABILITY}, which ${name} leaves out.`,
      `Add ${CAPABILITY}, or choose ports from ${FIRST_UNPRIVILEGED_PORT} on.`,
    );
  }
}

/** With "~" in front all but those that are named (systemd.exec(5), CapabilityBoundingSet=). */
function grants(value: string): boolean {
  return value.startsWith('~') ? !value.includes(CAPABILITY) : value.includes(CAPABILITY);
}
