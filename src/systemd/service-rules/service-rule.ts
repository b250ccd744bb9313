import type { SystemdSection } from '../../cluster-spec.js';
import type { IssueCode } from '../../issue-codes.js';
import type { Capability } from '../capabilities.js';
import type { Sandbox } from '../sandbox/sandbox.js';

/**
 * What a rule sees of one member's service, whoever wrote its unit: a document that is to be rendered, or a host that is judged.
 *
 * @internal
 */
export interface ServiceView {
  readonly sections: readonly SystemdSection[];
  readonly sandbox: Sandbox;
  readonly account: ServiceAccount;
  /** What the unit and its environment files set. */
  readonly variables: ReadonlyMap<string, string>;
  /** Absolute path; empty where it is not known. */
  readonly binary: string;
  /** Absolute paths, as the service sees them, of the files that etcd opens to read. */
  readonly reads: readonly string[];
  readonly writes: readonly WrittenPath[];
  /** Where it listens for TCP. */
  readonly listeners: readonly ServiceListener[];
  /** Absolute paths, as the service sees them, of the unix sockets that it makes. */
  readonly sockets: readonly string[];
  /** The first port that anybody may listen on. */
  readonly firstFreePort: number;
}

/** @internal */
export interface ServiceAccount {
  readonly name: string;
  readonly isRoot: boolean;
  /** In effect once etcd runs. */
  readonly capabilities: ReadonlySet<Capability>;
  /** Whether its capabilities are those of a user namespace of its own (PrivateUsers=). */
  readonly isInNamespace: boolean;
}

/** @internal */
export interface WrittenPath {
  /** The setting that names it, such as `data-dir`. */
  readonly setting: string;
  /** Absolute, as the service sees it. */
  readonly path: string;
}

/** @internal */
export interface ServiceListener {
  /** The URL. */
  readonly text: string;
  /** An IP address without brackets, or a name. */
  readonly host: string;
  readonly port: number;
}

/**
 * What a rule finds.
 *
 * @internal
 */
export interface ServiceProblem {
  /** To blame: the one that does it, then those that could undo it. */
  readonly directives: readonly [string, ...string[]];
  /** The setting of etcd that names the path, where it is about one. */
  readonly setting?: string;
  /** One sentence. */
  readonly message: string;
  readonly cure: string;
  /** etcd's or systemd's own words; absent where neither says anything. */
  readonly says?: string;
}

/**
 * What directives of a unit take from the service.
 *
 * @internal
 */
export interface ServiceRule {
  /** Also the code of what a document is told. */
  readonly id: IssueCode;
  /** `error`: etcd does not start, or is of no use. `warning`: it runs, and does not do what was asked for. */
  readonly level: 'error' | 'warning';
  /** Directives of [Service] that it looks at. */
  readonly reads: readonly string[];
  readonly check: (view: ServiceView) => Iterable<ServiceProblem>;
}
