import type { ClusterSpec } from '../cluster-spec.js';
import type { CryptoProvider } from '../crypto/provider.js';
import type { Holder } from '../pki/certificate-plan.js';
import type { IssuedAuthority, IssuedLeaf, Pki } from '../pki/pki.js';
import { hexadecimal } from '../text/hexadecimal.js';
import { formatGeneralName } from '../x509/general-name.js';
import { formatTime } from '../x509/time.js';
import type { FileKind, HostBundle } from './file-plan.js';

/**
 * `bundle.json`: what is in a bundle, without any secret of it.
 *
 * @public
 */
export interface Manifest {
  /** Version of this format. */
  readonly format: 1;
  /** Name and version of the program that wrote it. */
  readonly generator: string;
  readonly cluster: { readonly name: string; readonly token: string };
  readonly tarballs: readonly ManifestTarball[];
  readonly certificates: readonly ManifestCertificate[];
  /** The document as it was read, text and all. */
  readonly document: string;
}

/** @public */
export interface ManifestTarball {
  /** Relative to the manifest. */
  readonly path: string;
  readonly kind: HostBundle['kind'];
  /** Hexadecimal. */
  readonly sha256: string;
  readonly files: readonly ManifestFile[];
}

/** @public */
export interface ManifestFile {
  /** Relative to `/` on the host. */
  readonly path: string;
  /** Four octal digits. */
  readonly mode: string;
  /** `user:group` */
  readonly owner: string;
  readonly kind: FileKind;
  readonly sha256: string;
}

/** @public */
export interface ManifestCertificate {
  readonly id: string;
  readonly role: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  /** `DNS:e1`, `IP:10.0.0.1` */
  readonly altNames: readonly string[];
  readonly keyUsage: readonly string[];
  readonly extendedKeyUsage: readonly string[];
  readonly key: string;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** SHA-256 of the DER, hexadecimal. */
  readonly fingerprint: string;
  /** The tarballs that carry it. */
  readonly tarballs: readonly string[];
  /** Absolute path on those hosts. */
  readonly path: string;
}

/**
 * What the manifest says of one tarball.
 *
 * @param sha256 - of the tarball's bytes, hexadecimal
 * @public
 */
export async function describeTarball(
  bundle: HostBundle,
  sha256: string,
  digest: CryptoProvider['digest'],
): Promise<ManifestTarball> {
  const files = await Promise.all(
    bundle.files.map(async ({ path, mode, owner, kind, bytes }) => ({
      path,
      mode: mode.toString(8).padStart(4, '0'),
      owner: `${owner.user}:${owner.group}`,
      kind,
      sha256: hexadecimal(await digest('SHA-256', bytes)),
    })),
  );
  return { path: `${bundle.name}.tar.gz`, kind: bundle.kind, sha256, files };
}

/**
 * Puts the manifest together.
 *
 * @param document - the text that the spec was read from
 * @public
 */
export async function describeBundle(
  spec: ClusterSpec,
  pki: Pki,
  tarballs: readonly ManifestTarball[],
  options: {
    readonly document: string;
    readonly generator: string;
    readonly digest: CryptoProvider['digest'];
  },
): Promise<Manifest> {
  const members = spec.members.map(({ name }) => name);
  const certificates = await Promise.all([
    ...pki.authorities.map((authority) =>
      describeCertificate(authority, authority.plan.id, members, options.digest),
    ),
    ...pki.leaves.map((leaf) =>
      describeCertificate(leaf, leaf.plan.role, tarballsOf(leaf.plan.holder), options.digest),
    ),
  ]);
  return {
    format: 1,
    generator: options.generator,
    cluster: { name: spec.cluster.name, token: pki.token },
    tarballs,
    certificates,
    document: options.document,
  };
}

async function describeCertificate(
  issued: IssuedAuthority | IssuedLeaf,
  role: string,
  holders: readonly string[],
  digest: CryptoProvider['digest'],
): Promise<ManifestCertificate> {
  const { plan, subject, issuer, serialNumber, notBefore, notAfter, certificateDer } = issued;
  return {
    id: plan.id,
    role,
    subject,
    issuer,
    serialNumber,
    altNames: plan.altNames.map(formatGeneralName),
    keyUsage: plan.keyUsage,
    extendedKeyUsage: plan.extendedKeyUsage,
    key: plan.key,
    notBefore: formatTime(notBefore),
    notAfter: formatTime(notAfter),
    fingerprint: hexadecimal(await digest('SHA-256', certificateDer)),
    tarballs: holders.map((name) => `${name}.tar.gz`),
    path: plan.files.certificate,
  };
}

function tarballsOf(holder: Holder): readonly string[] {
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
