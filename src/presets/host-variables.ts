import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import type { EnvironmentVariable } from '../systemd/environment-file.js';
import type { ExecWordPart } from '../systemd/quote.js';

/**
 * A file in which people keep what differs between hosts, and the flags of the unit that read it.
 *
 * @internal
 */
export interface HostVariables {
  /** Absolute path on the host. */
  readonly path: string;
  readonly variables: (
    spec: ClusterSpec,
    member: MemberSpec,
    token: string,
  ) => readonly EnvironmentVariable[];
  /** How a flag's value is put together from the variables. */
  readonly templates: Readonly<Record<string, readonly ExecWordPart[]>>;
}
