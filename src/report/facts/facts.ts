import type { ManifestAuthority, ManifestChange } from '../../bundle/manifest/manifest.js';
import type { Verification } from '../../verify/finding.js';

/**
 * Everything that a report says, as data: no part of a private key is in it.
 *
 * @internal
 */
export interface ReportFacts {
  /** Program and version. */
  readonly generator: string;
  /** Seconds since 1970: the moment of which everything is told. */
  readonly at: number;
  /** Seconds since 1970: what ends until then ends soon. */
  readonly horizon: number;
  readonly verification: Verification;
  /** Absent where there is no bundle. */
  readonly bundle?: BundleFacts;
  /** One for each cluster on the hosts. */
  readonly clusters: readonly ClusterFacts[];
  /** The first to end first. */
  readonly certificates: readonly CertificateFacts[];
  readonly holdings: Holdings;
  readonly hosts: readonly HostFacts[];
  readonly gaps: readonly GapFacts[];
  /** Private keys that hosts have and that were not at hand. */
  readonly withheld: number;
}

/** @internal */
export interface BundleFacts {
  readonly name: string;
  readonly preset: string;
  readonly etcdVersion: string | undefined;
  readonly generation: number;
  readonly generator: string;
  readonly change: ManifestChange;
  /** SHA-256 of `bundle.json`, hexadecimal; absent where it was not told. */
  readonly digest?: string;
  /** Of the one before; absent in generation 1. */
  readonly former?: string;
  readonly authorities: readonly Pick<ManifestAuthority, 'id' | 'phase'>[];
}

/** @internal */
export interface ClusterFacts {
  readonly members: readonly MemberFacts[];
  /** Members that initial-cluster names and whose files were not given. */
  readonly absent: readonly string[];
  readonly clients: readonly ClientFacts[];
}

/** @internal */
export interface MemberFacts {
  readonly name: string;
  readonly host: string;
  /** The unit, manifest or script that starts it. */
  readonly startedBy: string;
  readonly listenClient: readonly string[];
  readonly listenPeer: readonly string[];
  readonly listenMetrics: readonly string[];
  readonly advertiseClient: readonly string[];
  readonly clients: Protection;
  readonly peers: Protection;
}

/**
 * What a connection takes: a certificate of both sides, the server's alone, or none.
 *
 * @internal
 */
export type Protection = 'mutual TLS' | 'server TLS' | 'plain HTTP' | 'unknown';

/**
 * Clients that are alike but for their hosts.
 *
 * @internal
 */
export interface ClientFacts {
  readonly kind: string;
  /** The file that tells of it. */
  readonly path: string;
  readonly hosts: readonly string[];
  /** Empty where none is named. */
  readonly endpoints: readonly string[];
  /** Members that they lead to. */
  readonly to: readonly string[];
  readonly presents: string | undefined;
  readonly isTls: boolean;
}

/** @internal */
export interface CertificateFacts {
  readonly fingerprint: string;
  readonly isAuthority: boolean;
  /** `server`, `peer`, …; none where nothing uses it. */
  readonly roles: readonly string[];
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly altNames: readonly string[];
  readonly key: string;
  readonly keyUsage: readonly string[];
  readonly extendedKeyUsage: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  readonly places: readonly PlaceFacts[];
}

/**
 * A file of a host.
 *
 * @internal
 */
export interface PlaceFacts {
  readonly host: string;
  readonly path: string;
  readonly what: 'certificate' | 'private key';
  /** Empty where they are not known. */
  readonly mode: string;
  readonly owner: string;
}

/**
 * Who has a certificate of an authority, and who lets in whom it signed for.
 *
 * @internal
 */
export interface Holdings {
  readonly authorities: readonly AuthorityFacts[];
  readonly rows: readonly HoldingRow[];
}

/** @internal */
export interface AuthorityFacts {
  /** `A`, `B`, … */
  readonly letter: string;
  readonly subject: string;
  readonly fingerprint: string;
}

/** @internal */
export interface HoldingRow {
  /** Member or host. */
  readonly who: string;
  readonly cells: readonly HoldingCell[];
}

/** @internal */
export interface HoldingCell {
  /** Index among the authorities. */
  readonly authority: number;
  /** Roles of the pairs. */
  readonly holds: readonly string[];
  /** `clients`, `peers`, `servers`. */
  readonly trusts: readonly string[];
}

/** @internal */
export interface HostFacts {
  readonly name: string;
  readonly tarball?: { readonly path: string; readonly sha256: string };
  readonly files: readonly FileFacts[];
  /** Whether files that have nothing to do with etcd are left out. */
  readonly isPart: boolean;
}

/** @internal */
export interface FileFacts {
  /** Absolute. */
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
  readonly kind: string;
  /** SHA-256, hexadecimal; empty where it is not known. */
  readonly sha256: string;
}

/** @internal */
export interface GapFacts {
  readonly host: string;
  readonly path: string;
  /** A clause. */
  readonly why: string;
}
