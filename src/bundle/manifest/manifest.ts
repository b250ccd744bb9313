import type { Holder } from '../../pki/certificate-plan.js';
import type { RevocationReason } from '../../x509/revocation-reason.js';
import type { FileKind, HostBundle } from '../file-plan.js';

/**
 * `bundle.json`, format 2: everything that is known of a cluster, and no secret of it. Digests are SHA-256 in hexadecimal, times RFC 3339
 * in UTC, paths absolute on the host.
 *
 * @public
 */
export interface Manifest {
  /** Version of this format. */
  readonly format: 2;
  /** Name and version of the program that wrote it. */
  readonly generator: string;
  /** 1 for a new cluster; every later change counts on. */
  readonly generation: number;
  /** Digest of the `bundle.json` before this one; absent in generation 1. */
  readonly former?: string;
  /** What made this generation. */
  readonly change: ManifestChange;
  /** The etcd that the cluster was made for: `3.6`, or with a patch `3.6.16`; absent where format 1 was read. */
  readonly etcdVersion?: string;
  /** Name and token. */
  readonly cluster: ManifestCluster;
  /** Every CA, with all certificates that it has had. */
  readonly authorities: readonly ManifestAuthority[];
  /** Further CAs whose clients members let in; absent where there are none. */
  readonly trust?: readonly ManifestTrustedAuthority[];
  /** Every leaf, in the order of the hosts. */
  readonly certificates: readonly ManifestCertificate[];
  /** One for each tarball, in the order of the document. */
  readonly hosts: readonly ManifestHost[];
  /** The document as it was read, text and all. */
  readonly document: string;
}

/**
 * An entry of the history: when, and what was done.
 *
 * @public
 */
export interface ManifestChange {
  /** The command: `generate`, `renew`. */
  readonly action: string;
  /** Absent where format 1 was read. */
  readonly at?: string;
  /** What is other than in the generation before, in an operator's words; absent in generation 1. */
  readonly changes?: readonly ManifestChangeItem[];
}

/**
 * One thing that a generation changes.
 *
 * @public
 */
export interface ManifestChangeItem {
  /** Names of the hosts that it is about. */
  readonly hosts: readonly string[];
  /** `server certificate`. */
  readonly what: string;
  /** `renewed, was to end 2027-01-01T00:00:00Z`. */
  readonly detail: string;
  /** What it takes to come into effect: `copy`, `restart`, `none`. */
  readonly effect: string;
}

/**
 * What all members have in common.
 *
 * @public
 */
export interface ManifestCluster {
  /** As in the document. */
  readonly name: string;
  /** initial-cluster-token */
  readonly token: string;
}

/**
 * One authority, which during a rotation has a new certificate beside the old one.
 *
 * @public
 */
export interface ManifestAuthority {
  /** Its files in the folder `ca/` are named after it. */
  readonly id: string;
  /** `settled`, or how far the change to a new key has come: `trust` where hosts accept both, `reissue` where all pairs are under the new one. */
  readonly phase: 'settled' | 'trust' | 'reissue';
  /** The one that signs first; while it changes to a new key then the other one that hosts trust; then those that were. */
  readonly certificates: readonly ManifestAuthorityCertificate[];
  /** Where members keep it. */
  readonly path: string;
  /** What it has revoked; absent where members look into no list. */
  readonly revocationList?: ManifestRevocationList;
}

/**
 * The newest revocation list of a CA, which members look into.
 *
 * @public
 */
export interface ManifestRevocationList {
  /** Where members keep it. */
  readonly path: string;
  /** cRLNumber: each list has a larger one than the list before. */
  readonly number: number;
  /** RFC 3339, UTC: from when on it counts. */
  readonly thisUpdate: string;
  /** RFC 3339, UTC: when the next one is due. */
  readonly nextUpdate: string;
  /** What it lists, in its order. */
  readonly revoked: readonly ManifestRevokedCertificate[];
  /** The list itself: DER, hexadecimal, lower case. */
  readonly list: string;
}

/**
 * A certificate that counts no more.
 *
 * @public
 */
export interface ManifestRevokedCertificate {
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** A name of RFC 5280, 5.3.1: `keyCompromise`. */
  readonly reason: RevocationReason;
  /** Of the certificate's plan: `peer/e1`; absent where its serial number alone was given. */
  readonly id?: string;
  /** RFC 3339, UTC: its last second, after which it leaves the list; absent where its serial number alone was given. */
  readonly notAfter?: string;
}

/**
 * A certificate of a CA, and where its key is.
 *
 * @public
 */
export interface ManifestAuthorityCertificate extends ManifestCertificateContents {
  /** Made here, or brought by the operator. */
  readonly origin: 'issued' | 'given';
  /** PEM, itself alone; absent where the CA is not changing to a new key: hosts have it then, alone. */
  readonly certificate?: string;
}

/**
 * A CA that signs nothing of the cluster's, and whose clients members let in.
 *
 * @public
 */
export interface ManifestTrustedAuthority extends ManifestCertificateContents {
  /** PEM. */
  readonly certificate: string;
}

/**
 * A leaf certificate.
 *
 * @public
 */
export interface ManifestCertificate extends ManifestCertificateContents {
  /** Of its plan: `server/e1`. */
  readonly id: string;
  /** What it is: a pair that members hold (`server`, `peer`, …), `apiserver-etcd-client`, `admin` or `client`. */
  readonly role: string;
  /** Whose pair it is. */
  readonly holder: Holder;
  /** Id of the authority that signed it. */
  readonly authority: string;
  /** Where its hosts keep it. */
  readonly path: string;
  /** Where they keep its key; absent where format 1 was read. */
  readonly keyPath?: string;
}

/**
 * What the manifest tells of the contents of a certificate.
 *
 * @public
 */
export interface ManifestCertificateContents {
  /** RFC 4514 order: `CN=e1,O=etcd`. */
  readonly subject: string;
  /** RFC 4514 order, as the subject. */
  readonly issuer: string;
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  /** `DNS:e1`, `IP:10.0.0.1`; in others' certificates other kinds of names too, under OpenSSL's abbreviations. */
  readonly altNames: readonly string[];
  /** RFC 5280's names; empty where the extension is absent. */
  readonly keyUsage: readonly string[];
  /** RFC 5280's names, or an object identifier; empty where the extension is absent. */
  readonly extendedKeyUsage: readonly string[];
  /** `ecdsa-p256`, `rsa-2048`, `ed25519`; of others' algorithms OpenSSL's name or an object identifier. */
  readonly key: string;
  /** RFC 3339, UTC: its first second. */
  readonly notBefore: string;
  /** RFC 3339, UTC: its last second. */
  readonly notAfter: string;
  /** SHA-256 of the DER, hexadecimal, lower case. */
  readonly fingerprint: string;
  /** Digest of the SubjectPublicKeyInfo; absent where format 1 was read. */
  readonly publicKey?: string;
  /** The generation that issued it. */
  readonly generation: number;
}

/**
 * What one host has once this generation is in place.
 *
 * @public
 */
export interface ManifestHost {
  /** A member's name, `admin`, `control-plane`, or `client-` and a client's name. */
  readonly name: string;
  /** Whom the tarball is for. */
  readonly kind: HostBundle['kind'];
  /** Absent where this generation has nothing for the host. */
  readonly tarball?: ManifestTarball;
  /** With what a member was first started; absent where that is what the document says. */
  readonly bootstrap?: ManifestBootstrap;
  /** In the order of the tarball. */
  readonly files: readonly ManifestFile[];
}

/**
 * What etcd reads at the first start of a member and never again: it stays in the files as it was.
 *
 * @public
 */
export interface ManifestBootstrap {
  /** initial-cluster: `e1=https://10.0.0.1:2380,e2=https://10.0.0.2:2380`. */
  readonly initialCluster: string;
  /** initial-cluster-state */
  readonly state: 'new' | 'existing';
}

/**
 * A tarball of the bundle.
 *
 * @public
 */
export interface ManifestTarball {
  /** Relative to the manifest. */
  readonly path: string;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
}

/**
 * A file of a tarball.
 *
 * @public
 */
export interface ManifestFile {
  /** Absolute, on the host. */
  readonly path: string;
  /** Four octal digits. */
  readonly mode: string;
  /** `user:group` */
  readonly owner: string;
  /** What it is for. */
  readonly kind: FileKind;
  /** Hexadecimal, lower case. */
  readonly sha256: string;
  /** The generation that it comes from. */
  readonly generation: number;
  /** Whether it is in the tarball that lies beside this manifest. */
  readonly inTarball: boolean;
  /** The whole file; absent where it is a secret or not a text, and where format 1 was read. */
  readonly text?: string;
}

/**
 * The files of one kind that a host has; none where there is no such host.
 *
 * @internal
 */
export function filesOn({ hosts }: Manifest, name: string, wanted: FileKind): readonly ManifestFile[] {
  return hosts.find((host) => host.name === name)?.files.filter(({ kind }) => kind === wanted) ?? [];
}

/**
 * Names of the hosts that carry a pair.
 *
 * @internal
 */
export function hostNamesOf(holder: Holder): readonly string[] {
  switch (holder.type) {
    case 'members':
      return holder.names;
    case 'client':
      return [`client-${holder.name}`];
    case 'admin':
    case 'control-plane':
      return [holder.type];
  }
}
