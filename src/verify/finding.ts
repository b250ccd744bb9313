/**
 * How bad it is: an `error` keeps etcd from starting, a peer or a client from being accepted, or the files from being what the
 * manifest says; a `warning` works today and is a risk; a `notice` is good to know.
 *
 * @public
 */
export type FindingLevel = 'error' | 'warning' | 'notice';

/**
 * One thing that was found.
 *
 * @public
 */
export interface Finding {
  /** Stable name of the rule, such as `peer-names`. */
  readonly rule: string;
  /** What comes of it. */
  readonly level: FindingLevel;
  /** Name of the etcd member, otherwise of the host root; the empty string where it is about the cluster or the bundle. */
  readonly member: string;
  /** File it is about, absolute on the host, or the path that was given; may be empty. */
  readonly path: string;
  /** One sentence or two, naming the offending value. Never a part of a private key. */
  readonly message: string;
  /** One sentence: what to write or do instead. */
  readonly cure: string;
  /** The line that etcd, systemd or kubeadm would log; empty where they say nothing. */
  readonly etcdSays: string;
  /** RFC section, source file or issue that the rule comes from. */
  readonly source: string;
}

/**
 * A certificate's end, as {@link VerificationSummary} lists it.
 *
 * @public
 */
export interface Expiry {
  /** The host's name. */
  readonly member: string;
  /** Absolute, on the host. */
  readonly path: string;
  /** RFC 4514, such as `CN=e1,O=etcd` */
  readonly subject: string;
  /** RFC 3339, UTC. */
  readonly notAfter: string;
  /** Whether it is a CA's certificate. */
  readonly authority: boolean;
}

/**
 * Counts of a verification, and what its findings rest on.
 *
 * @public
 */
export interface VerificationSummary {
  /** Findings of level `error`. */
  readonly errors: number;
  /** Findings of level `warning`. */
  readonly warnings: number;
  /** Findings of level `notice`. */
  readonly notices: number;
  /** Names of the members that were found, in the order of the roots. */
  readonly members: readonly string[];
  /** The same by cluster: more than one where hosts run members of several. */
  readonly clusters: readonly (readonly string[])[];
  /** `3.6` or `3.6.16` */
  readonly etcdVersion: string;
  /** Where the version comes from. */
  readonly etcdVersionFrom: 'option' | 'manifest' | 'image' | 'assumed';
  /** RFC 3339, UTC: the moment everything was judged at. */
  readonly at: string;
  /** The certificates in use, the first to end first. */
  readonly expiries: readonly Expiry[];
}

/**
 * What `verify` finds, and how much it looked at.
 *
 * @public
 */
export interface Verification {
  /** The worst first, then in the order of the rules. */
  readonly findings: readonly Finding[];
  /** Counts, and what the findings rest on. */
  readonly summary: VerificationSummary;
}

/**
 * What a rule says; the rule's name and source are added to it.
 *
 * @internal
 */
export interface Fault {
  readonly level: FindingLevel;
  readonly member: string;
  readonly path: string;
  readonly message: string;
  readonly cure: string;
  readonly etcdSays?: string;
}

/** @internal */
export const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'notice'];
