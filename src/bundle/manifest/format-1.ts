import { array, type GenericSchema, literal, object, picklist, pipe, regex, string } from 'valibot';
import type { Holder } from '../../pki/certificate-plan.js';
import { normalizePath } from '../../text/path.js';
import { FILE_KINDS, type FileKind, HOST_KINDS, type HostBundle } from '../file-plan.js';
import { digest, mode, texts } from '../shapes.js';
import type { Manifest, ManifestCertificateContents, ManifestHost } from './manifest.js';

/**
 * `bundle.json` as the first releases wrote it: tarballs with relative paths, authorities among the certificates.
 *
 * @internal
 */
export interface ManifestFormat1 {
  readonly generator: string;
  readonly cluster: Manifest['cluster'];
  readonly tarballs: readonly {
    readonly path: string;
    readonly kind: HostBundle['kind'];
    readonly sha256: string;
    readonly files: readonly {
      readonly path: string;
      readonly mode: string;
      readonly owner: string;
      readonly kind: FileKind;
      readonly sha256: string;
    }[];
  }[];
  readonly certificates: readonly CertificateFormat1[];
  readonly document: string;
}

interface CertificateFormat1 extends Omit<ManifestCertificateContents, 'publicKey' | 'generation'> {
  readonly id: string;
  readonly role: string;
  readonly tarballs: readonly string[];
  readonly path: string;
}

const FIRST_GENERATION = 1;

/** Tarballs have their paths relative to `/`. */
const entryPath = pipe(
  string(),
  regex(
    /^(?!\/)(?:(?:^|\/)(?!\.{1,2}(?:\/|$))[^\0-\x1f\x7f/]{1,255})+$/,
    'a relative path without empty, "." and ".." segments and control characters',
  ),
);

/** @internal */
export const manifestFormat1: GenericSchema<unknown, ManifestFormat1> = object({
  format: literal(1),
  generator: string(),
  cluster: object({ name: string(), token: string() }),
  tarballs: array(
    object({
      path: string(),
      kind: picklist(HOST_KINDS),
      sha256: digest,
      files: array(
        object({
          path: entryPath,
          mode,
          owner: string(),
          kind: picklist(FILE_KINDS),
          sha256: digest,
        }),
      ),
    }),
  ),
  certificates: array(
    object({
      id: string(),
      role: string(),
      subject: string(),
      issuer: string(),
      serialNumber: string(),
      altNames: texts,
      keyUsage: texts,
      extendedKeyUsage: texts,
      key: string(),
      notBefore: string(),
      notAfter: string(),
      fingerprint: string(),
      tarballs: texts,
      path: string(),
    }),
  ),
  document: string(),
});

/** @internal */
export function fromFormat1({ tarballs, certificates, ...rest }: ManifestFormat1): Manifest {
  const hosts = tarballs.map(hostOf);
  const kinds = new Map(hosts.map(({ name, kind }) => [name, kind]));
  const authorities = certificates.filter(isAuthority);
  return {
    format: 2,
    generator: rest.generator,
    generation: FIRST_GENERATION,
    change: { action: 'generate' },
    cluster: rest.cluster,
    authorities: authorities.map((authority) => ({
      id: authority.id,
      phase: 'settled',
      // Format 1 does not say whose it was.
      certificates: [{ origin: 'issued', ...contentsOf(authority) }],
      path: authority.path,
    })),
    certificates: certificates
      .filter((certificate) => !isAuthority(certificate))
      .map((certificate) => ({
        id: certificate.id,
        role: certificate.role,
        holder: holderOf(certificate.tarballs.map(hostName), kinds),
        authority: authorities.find(({ subject }) => subject === certificate.issuer)?.id ?? '',
        path: certificate.path,
        ...contentsOf(certificate),
      })),
    hosts,
    document: rest.document,
  };
}

/** An authority's role is its id. */
function isAuthority({ id, role, keyUsage }: CertificateFormat1): boolean {
  return id === role && keyUsage.includes('keyCertSign');
}

function hostOf({ path, kind, sha256, files }: ManifestFormat1['tarballs'][number]): ManifestHost {
  return {
    name: hostName(path),
    kind,
    tarball: { path, sha256 },
    files: files.map((file) => ({
      ...file,
      path: normalizePath(file.path),
      generation: FIRST_GENERATION,
      inTarball: true,
    })),
  };
}

function contentsOf({
  id,
  role,
  tarballs,
  path,
  ...contents
}: CertificateFormat1): ManifestCertificateContents {
  return { ...contents, generation: FIRST_GENERATION };
}

function holderOf(names: readonly string[], kinds: ReadonlyMap<string, HostBundle['kind']>): Holder {
  const [name = ''] = names;
  const kind = kinds.get(name);
  if (kind === 'admin' || kind === 'control-plane') return { type: kind };
  return kind === 'client'
    ? { type: 'client', name: name.replace(/^client-/, '') }
    : { type: 'members', names };
}

function hostName(tarball: string): string {
  return tarball.replace(/\.tar\.gz$/, '');
}
