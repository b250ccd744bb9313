import {
  hostNamesOf,
  type Manifest,
  type ManifestCertificateContents,
  type ManifestHost,
} from '../../bundle/manifest/manifest.js';
import type { CryptoProvider } from '../../crypto/provider.js';
import { fromHexadecimal } from '../../text/from-hexadecimal.js';
import { parseTime } from '../../x509/time.js';
import type { EndingHolder, ExpiryOptions, ExpiryReport, SightedCertificate, Sighting } from './ending.js';
import { judgeEndings } from './judge-endings.js';
import { readFileEndings } from './read-file.js';
import { sightingsIn } from './sightings.js';

/**
 * What of the outside world is needed to say what ends in a bundle.
 *
 * @public
 */
export interface ManifestExpiryOptions extends ExpiryOptions {
  /** Takes digests. */
  readonly crypto: Pick<CryptoProvider, 'digest'>;
}

/**
 * What ends when of all that the hosts of a bundle have, from `bundle.json` alone: no tarball is opened, and no key is read.
 *
 * @example
 * ```ts
 * const manifest = readManifest(await readFile('bundle/bundle.json', 'utf8'));
 * if (manifest !== undefined) {
 *   const { endings } = await expiryOfManifest(manifest, { crypto: webCryptoProvider(globalThis.crypto), at: now });
 *   endings.at(-1)?.type; // => 'authority'
 * }
 * ```
 * @public
 */
export async function expiryOfManifest(
  manifest: Manifest,
  options: ManifestExpiryOptions,
): Promise<ExpiryReport> {
  return judgeEndings(await sightManifest(manifest, options.crypto), options);
}

/** @internal */
export async function sightManifest(
  manifest: Manifest,
  { digest }: ManifestExpiryOptions['crypto'],
): Promise<readonly Sighting[]> {
  const roles = new Map(manifest.certificates.map(({ fingerprint, role }) => [fingerprint, role]));
  const sightings: Sighting[] = [];
  for (const { host, path, text } of publicFiles(manifest.hosts)) {
    const found = await readFileEndings(new TextEncoder().encode(text), digest);
    for (const sighting of sightingsIn(found, { host, path }, [])) {
      const { fingerprint } = sighting.item;
      const role = roles.get(fingerprint);
      sightings.push(role === undefined ? sighting : { ...sighting, roles: [role] });
    }
  }
  for (const { host, path, bytes } of listFiles(manifest)) {
    const found = await readFileEndings(bytes, digest);
    for (const sighting of sightingsIn(found, { host, path }, [])) sightings.push(sighting);
  }
  return [...sightings, ...untold(manifest)];
}

interface PublicFile {
  readonly host: string;
  readonly path: string;
  readonly text: string;
}

/** The texts of what certificates are kept in; format 1 has none. */
function publicFiles(hosts: readonly ManifestHost[]): readonly PublicFile[] {
  return hosts.flatMap(({ name, files }) =>
    files.flatMap(({ path, kind, text }) =>
      text === undefined || !(kind === 'certificate' || kind === 'authority-certificate')
        ? []
        : [{ host: name, path, text }],
    ),
  );
}

interface ListFile {
  readonly host: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

function listFiles({ authorities, hosts }: Manifest): readonly ListFile[] {
  return authorities.flatMap(({ revocationList: list }) =>
    list === undefined
      ? []
      : hosts
          .filter(({ files }) =>
            files.some(({ path, kind }) => kind === 'revocation-list' && path === list.path),
          )
          .map(({ name }) => ({ host: name, path: list.path, bytes: fromHexadecimal(list.list) })),
  );
}

/** Of files without a text, as all of format 1 are, what the manifest says of the certificates in them. */
function untold({ authorities, certificates, hosts }: Manifest): readonly Sighting[] {
  const hasNoText = (host: ManifestHost, path: string): boolean =>
    host.files.some((file) => file.path === path && file.text === undefined);
  const leaves = certificates.flatMap((certificate) => {
    const names = hostNamesOf(certificate.holder);
    return hosts
      .filter((host) => names.includes(host.name) && hasNoText(host, certificate.path))
      .flatMap(({ name }) =>
        sighted('leaf', certificate, { host: name, path: certificate.path }, [certificate.role]),
      );
  });
  const roots = authorities.flatMap(({ certificates: [signing], path }) =>
    hosts
      .filter((host) => hasNoText(host, path))
      .flatMap(({ name }) =>
        signing === undefined ? [] : sighted('authority', signing, { host: name, path }, []),
      ),
  );
  return [...leaves, ...roots];
}

function sighted(
  type: SightedCertificate['type'],
  { subject, issuer, serialNumber, fingerprint, ...times }: ManifestCertificateContents,
  holder: EndingHolder,
  roles: readonly string[],
): readonly Sighting[] {
  const [notBefore, notAfter] = [parseTime(times.notBefore), parseTime(times.notAfter)];
  if (notBefore === undefined || notAfter === undefined) return [];
  const item = { type, subject, issuer, serialNumber, fingerprint, notBefore, notAfter };
  return [{ item, holder, roles }];
}
