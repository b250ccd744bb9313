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

/**
 * A CA's certificate before it is issued.
 *
 * @public
 */
export interface AuthorityPlan extends PlannedContents {
  /** Tells it from a leaf's plan. */
  readonly type: 'authority';
  /** File name, without suffix, in the operator's `ca/` folder. */
  readonly id: 'ca' | 'peer-ca';
  /** pathLenConstraint (RFC 5280, 4.2.1.9): CAs that may stand below it. Absent: any number. */
  readonly pathLength?: number;
  /** Where members keep it. */
  readonly files: PairPaths;
  /** Absolute path where members keep it together with the further CAs whose clients they let in; absent where there are none. */
  readonly trustFile?: string;
  /** Absolute path where members keep the list of what it has revoked; absent where they look into none. */
  readonly revocationFile?: string;
  /** etcd settings that point to it. */
  readonly settings: readonly EtcdSetting[];
  /** Members whose tarball carries the key too. */
  readonly keyHolders: readonly string[];
}

/**
 * A certificate of a server, a peer or a client before it is issued.
 *
 * @public
 */
export interface LeafPlan extends PlannedContents {
  /** Tells it from a CA's plan. */
  readonly type: 'leaf';
  /** `server/e1`, or `server` where one certificate serves all. */
  readonly id: string;
  /** What it is: a pair that members hold (`server`, `peer`, …), `apiserver-etcd-client`, `admin` or `client`. */
  readonly role: string;
  /** Which CA signs it. */
  readonly authority: AuthorityPlan['id'];
  /** Which tarballs carry the pair. */
  readonly holder: Holder;
  /** Seconds that it ends before it would if ends were not spread, which `validity` lacks; absent where that is nothing. */
  readonly earlier?: number;
  /** Where its pair lies on the host. */
  readonly files: PairPaths;
  /** Settings of etcd that name the pair, such as `cert-file`. */
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

/**
 * What a certificate will say, but for its times and serial number.
 *
 * @public
 */
export interface PlannedContents {
  /** One line for people. */
  readonly title: string;
  /** What kind of pair is made for it. */
  readonly key: KeyAlgorithm;
  /** In the order of the encoding. */
  readonly subject: DistinguishedName;
  /** subjectAltName, in the order of the encoding. */
  readonly altNames: readonly Host[];
  /** Critical; empty: no extension. */
  readonly keyUsage: readonly KeyUsage[];
  /** In the order of the encoding; empty: no extension. */
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
  /** The certificate, PEM. */
  readonly certificate: string;
  /** The private key, PEM. */
  readonly key: string;
}

/**
 * The leaves of a plan by their ids, in their order.
 *
 * @internal
 */
export function leavesById(plans: readonly CertificatePlan[]): ReadonlyMap<string, LeafPlan> {
  return new Map(plans.flatMap((plan) => (plan.type === 'leaf' ? [[plan.id, plan] as const] : [])));
}
