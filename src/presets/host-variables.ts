import type { ClusterSpec, EtcdSetting, MemberSpec } from '../cluster-spec.js';
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
  readonly variables: (host: VariablesOf) => readonly EnvironmentVariable[];
  /** How a flag's value is put together from the variables. */
  readonly templates: Readonly<Record<string, readonly ExecWordPart[]>>;
}

/**
 * Whose variables they are.
 *
 * @internal
 */
export interface VariablesOf {
  readonly spec: ClusterSpec;
  readonly member: MemberSpec;
  /** All of the member's. */
  readonly settings: readonly EtcdSetting[];
  /** initial-cluster-token */
  readonly token: string;
}
