import type { Manifest } from '../bundle/manifest/manifest.js';
import type { EtcdVersion } from '../cluster-spec.js';
import type { BundleFolder } from '../host/bundle-folder.js';
import type { ClientView } from '../host/client-view.js';
import type { RootIndex } from '../host/host-root.js';
import type { AuthorityKey, HostPem, LoosePair } from '../host/loose-files.js';
import type { MemberView } from '../host/member-view.js';
import type { Pair, Trust } from '../host/pair.js';
import type { RevocationFile } from '../host/revocation-list.js';
import type { UnreadSource } from '../host/service/read-host.js';
import type { ProcessService } from '../host/service/service.js';
import type { EtcdUrl } from '../net/etcd-url.js';
import type { UnixTime } from '../x509/time.js';
import type { HostComparison } from './against/compare-hosts.js';
import type { Fault, VerificationSummary } from './finding.js';
import { type Usage, verifyChain } from './trust/chain.js';
import type { ChainFault } from './trust/chain-fault.js';
import type { SignedBy } from './trust/signatures.js';

/**
 * Where a service that is no member listens: etcd's own proxies.
 *
 * @internal
 */
export interface HostListener {
  readonly root: RootIndex;
  readonly path: string;
  /** The flag, or the directive. */
  readonly what: string;
  readonly url: EtcdUrl;
}

/** @internal */
export interface IdleService {
  readonly root: RootIndex;
  readonly service: ProcessService;
}

/**
 * Everything that the rules look at.
 *
 * @internal
 */
export interface ClusterView {
  readonly roots: readonly RootIndex[];
  readonly members: readonly MemberView[];
  readonly clients: readonly ClientView[];
  /** Those of the other clusters on these hosts too. */
  readonly everyMember: readonly MemberView[];
  /** Where services that are no members listen. */
  readonly hostListeners: readonly HostListener[];
  /** Pairs that nothing refers to, with what lies beside them. */
  readonly loosePairs: readonly LoosePair[];
  /** Keys of certificates that may sign others. */
  readonly authorityKeys: readonly AuthorityKey[];
  /** Every PEM file of etcd's, referred to or not. */
  readonly pemFiles: readonly HostPem[];
  /** Files that seem to start etcd, and are not understood. */
  readonly unreadSources: readonly (UnreadSource & { readonly root: RootIndex })[];
  /** Units that would start members, and that nothing starts beside those that something does. */
  readonly idleServices: readonly IdleService[];
  readonly revocations: ReadonlyMap<string, RevocationFile>;
  readonly version: EtcdVersion;
  readonly versionFrom: VerificationSummary['etcdVersionFrom'];
  readonly at: UnixTime;
  /** What ends until then ends soon. */
  readonly horizon: UnixTime;
  readonly manifest: Manifest | undefined;
  /** The hosts beside what a bundle says that they have; empty where that was not asked for. */
  readonly against: readonly HostComparison[];
  /** What lies beside the tarballs of a bundle. */
  readonly folder: BundleFolder | undefined;
  /** What could not be read. */
  readonly unread: readonly Fault[];
  /** SHA-256 of each file, by root and absolute path; of whole tarballs by their path in the bundle. */
  readonly digests: ReadonlyMap<string, string>;
  readonly chainFault: (pair: Pair, trust: Trust, usage: Usage) => ChainFault | undefined;
}

/**
 * Verifies chains and remembers the answers: in a cluster of n members each certificate is asked about n times.
 *
 * @internal
 */
export function chainChecker(signedBy: SignedBy, at: UnixTime): ClusterView['chainFault'] {
  const answers = new Map<Pair, Map<Trust, Map<Usage, ChainFault | undefined>>>();
  return (pair, trust, usage) => {
    const ofPair = answers.get(pair) ?? new Map<Trust, Map<Usage, ChainFault | undefined>>();
    const ofTrust = ofPair.get(trust) ?? new Map<Usage, ChainFault | undefined>();
    answers.set(pair, ofPair);
    ofPair.set(trust, ofTrust);
    if (pair.leaf === undefined) return undefined;
    if (!ofTrust.has(usage)) {
      const { leaf, intermediates } = pair;
      ofTrust.set(usage, verifyChain({ leaf, intermediates, roots: trust.roots, usage, at, signedBy }));
    }
    return ofTrust.get(usage);
  };
}

/**
 * Where the key of a file in {@link ClusterView.digests} is.
 *
 * @internal
 */
export function digestKey(root: string, path: string): string {
  return `${root}:${path}`;
}
