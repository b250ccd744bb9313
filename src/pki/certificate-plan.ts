import type { EtcdSetting } from '../cluster-spec.js';
import type { Host } from '../net/host.js';
import type { DistinguishedName } from '../x509/distinguished-name.js';
import type { ExtendedKeyUsage } from '../x509/extended-key-usage.js';
import type { KeyAlgorithm } from '../x509/key-algorithm.js';
import type { KeyUsage } from '../x509/key-usage.js';

/**
 * One certificate to be issued: who, signed by whom, for what, for how long, and where it goes.
 *
 * @public
 */
export type CertificatePlan = AuthorityPlan | LeafPlan;

/** @public */
export interface AuthorityPlan extends PlannedContents {
  readonly type: 'authority';
  /** File name, without suffix, in the operator's `ca/` folder. */
  readonly id: 'ca' | 'peer-ca';
  readonly pathLength?: number;
  /** Where members keep it. */
  readonly files: PairPaths;
  /** etcd settings that point to it. */
  readonly settings: readonly EtcdSetting[];
  /** Members whose tarball carries the key too. */
  readonly keyHolders: readonly string[];
}

/** @public */
export interface LeafPlan extends PlannedContents {
  readonly type: 'leaf';
  /** `server/e1`, or `server` where one certificate serves all. */
  readonly id: string;
  /** What it is: a pair that members hold (`server`, `peer`, …), `apiserver-etcd-client`, `admin` or `client`. */
  readonly role: string;
  readonly authority: AuthorityPlan['id'];
  /** Which tarballs carry the pair. */
  readonly holder: Holder;
  readonly files: PairPaths;
  readonly settings: readonly EtcdSetting[];
}

/**
 * Whom a pair belongs to.
 *
 * @public
 */
export type Holder =
  | { readonly type: 'members'; readonly names: readonly string[] }
  | { readonly type: 'control-plane' }
  | { readonly type: 'admin' }
  | { readonly type: 'client'; readonly name: string };

/** @public */
export interface PlannedContents {
  /** One line for people. */
  readonly title: string;
  readonly key: KeyAlgorithm;
  readonly subject: DistinguishedName;
  readonly altNames: readonly Host[];
  readonly keyUsage: readonly KeyUsage[];
  readonly extendedKeyUsage: readonly ExtendedKeyUsage[];
  /** Seconds. */
  readonly validity: number;
}

/**
 * Absolute paths on a host.
 *
 * @public
 */
export interface PairPaths {
  readonly certificate: string;
  readonly key: string;
}
