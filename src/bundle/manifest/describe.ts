import type { ClusterSpec } from '../../cluster-spec.js';
import type { CryptoProvider } from '../../crypto/provider.js';
import { formatEtcdVersion } from '../../etcd/version.js';
import type { IssuedAuthority, IssuedLeaf, Pki } from '../../pki/pki.js';
import type { TrustedAuthority } from '../../pki/trusted-authority.js';
import { hexadecimal } from '../../text/hexadecimal.js';
import { octal } from '../../text/octal.js';
import { formatGeneralName } from '../../x509/general-name.js';
import { formatTime } from '../../x509/time.js';
import { type FilePlan, type HostBundle, isSecret } from '../file-plan.js';
import type { ProgramFile } from '../programs.js';
import type {
  ManifestAuthority,
  ManifestAuthorityCertificate,
  ManifestCertificate,
  ManifestCertificateContents,
  ManifestFile,
  ManifestHost,
  ManifestTrustedAuthority,
} from './manifest.js';
import { describeRevocationList } from './revocation-list.js';
import type { ManifestFrame } from './write.js';

type Digest = CryptoProvider['digest'];

const FIRST_GENERATION = 1;
const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * What the manifest of a new cluster says besides its hosts and their certificates.
 *
 * @internal
 */
export async function describeBundle(
  spec: ClusterSpec,
  { token, authorities, trust }: Pick<Pki, 'token' | 'authorities' | 'trust'>,
  options: {
    readonly document: string;
    readonly generator: string;
    readonly now: number;
    readonly digest: Digest;
  },
): Promise<ManifestFrame> {
  return {
    format: 2,
    generator: options.generator,
    generation: FIRST_GENERATION,
    change: { action: 'generate', at: formatTime(options.now) },
    etcdVersion: formatEtcdVersion(spec.etcd.version),
    cluster: { name: spec.cluster.name, token },
    authorities: await Promise.all(authorities.map((one) => describeAuthority(one, options.digest))),
    ...(trust === undefined ? {} : { trust: trust.map(describeTrusted) }),
    document: options.document,
  };
}

/**
 * What the manifest says of a host whose tarball holds all of its files.
 *
 * @param sha256 - of the tarball's bytes, hexadecimal
 * @param programs - that the tarball holds besides the bundle's files
 * @internal
 */
export async function describeHost(
  { name, kind, files }: HostBundle,
  sha256: string,
  digest: Digest,
  programs: readonly ProgramFile[] = [],
): Promise<ManifestHost> {
  const described = [
    ...(await Promise.all(files.map((file) => describeFile(file, FIRST_GENERATION, digest)))),
    ...programs.map((program) => describeProgram(program, FIRST_GENERATION)),
  ];
  return {
    name,
    kind,
    tarball: { path: `${name}.tar.gz`, sha256 },
    files: programs.length === 0 ? described : described.sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/**
 * What the manifest says of a leaf.
 *
 * @param generation - that issued it
 * @internal
 */
export async function describeLeaf(
  leaf: IssuedLeaf,
  digest: Digest,
  generation: number = FIRST_GENERATION,
): Promise<ManifestCertificate> {
  const { id, role, holder, authority, files } = leaf.plan;
  // Not spread: V8 would give each of thousands a hidden class of its own, as in pki/issue-leaf.ts.
  return Object.assign(
    { id, role, holder, authority, path: files.certificate, keyPath: files.key },
    await describeContents(leaf, generation, digest),
  );
}

function describeTrusted({ notBefore, notAfter, ...rest }: TrustedAuthority): ManifestTrustedAuthority {
  return {
    ...rest,
    notBefore: formatTime(notBefore),
    notAfter: formatTime(notAfter),
    generation: FIRST_GENERATION,
  };
}

async function describeAuthority(authority: IssuedAuthority, digest: Digest): Promise<ManifestAuthority> {
  const { plan, revocationList: list } = authority;
  return {
    id: plan.id,
    phase: 'settled',
    certificates: [await describeAuthorityCertificate(authority, digest, FIRST_GENERATION)],
    path: plan.files.certificate,
    ...(plan.revocationFile === undefined || list === undefined
      ? {}
      : { revocationList: describeRevocationList(list, plan.revocationFile) }),
  };
}

/**
 * What the manifest says of a CA's certificate.
 *
 * @param generation - that issued it
 * @internal
 */
export async function describeAuthorityCertificate(
  authority: IssuedAuthority,
  digest: Digest,
  generation: number,
): Promise<ManifestAuthorityCertificate> {
  return { origin: authority.origin, ...(await describeContents(authority, generation, digest)) };
}

async function describeContents(
  issued: IssuedAuthority | IssuedLeaf,
  generation: number,
  digest: Digest,
): Promise<ManifestCertificateContents> {
  const { plan, subject, issuer, serialNumber, notBefore, notAfter, certificateDer, publicKey } = issued;
  return {
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
    publicKey: hexadecimal(await digest('SHA-256', publicKey)),
    generation,
  };
}

/**
 * What the manifest says of a file that is in the tarball beside it.
 *
 * @param generation - that it comes from
 * @internal
 */
export async function describeFile(
  file: FilePlan,
  generation: number,
  digest: Digest,
): Promise<ManifestFile> {
  const { kind, bytes } = file;
  const text = isSecret(kind) ? undefined : textOf(bytes);
  const described = describeEntry(file, hexadecimal(await digest('SHA-256', bytes)), generation);
  return text === undefined ? described : Object.assign(described, { text });
}

/**
 * What the manifest says of a program that is in the tarball beside it.
 *
 * @param generation - that it comes from
 * @internal
 */
export function describeProgram(program: ProgramFile, generation: number): ManifestFile {
  return describeEntry(program, program.sha256, generation);
}

function describeEntry(
  { path, mode, owner, kind }: Omit<FilePlan, 'bytes'>,
  sha256: string,
  generation: number,
): ManifestFile {
  return {
    path: `/${path}`,
    mode: octal(mode),
    owner: `${owner.user}:${owner.group}`,
    kind,
    sha256,
    generation,
    inTarball: true,
  };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return undefined;
  }
}
