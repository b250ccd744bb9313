import type { Manifest } from '../../bundle/manifest/manifest.js';
import type { CryptoProvider } from '../../crypto/provider.js';
import type { RootIndex } from '../../host/host-root.js';
import type { Pair } from '../../host/pair.js';
import { type PemFile, realPath } from '../../host/pem-files.js';
import { hexadecimal } from '../../text/hexadecimal.js';
import type { ClusterView } from '../../verify/cluster-view.js';
import { pairUses } from '../../verify/dials/pair-uses.js';
import { purposeName } from '../../x509/extended-key-usage.js';
import { formatAltNames } from '../../x509/read/alt-name-texts.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { isAuthority } from '../../x509/read/is-authority.js';
import { describeKey } from '../../x509/read/key-name.js';
import { wholeOctets } from '../../x509/read/serial-number.js';
import { accessOf } from './access.js';
import type { CertificateFacts, PlaceFacts } from './facts.js';

interface Seen {
  readonly certificate: CertificateView;
  readonly roles: Set<string>;
  readonly places: Map<string, PlaceFacts>;
}

/**
 * Every certificate of the hosts once, by the id of its view, the first to end first, with all files that hold it and those of its key.
 *
 * @internal
 */
export async function certificateFacts(
  view: ClusterView,
  { digest }: Pick<CryptoProvider, 'digest'>,
): Promise<ReadonlyMap<string, CertificateFacts>> {
  const seen = new Map<string, Seen>();
  for (const { root, file } of pemFilesOf(view))
    for (const certificate of file.pool) see(seen, certificate, root, file, 'certificate');
  for (const { root, pair, role } of pairUses(view)) {
    if (pair.leaf === undefined) continue;
    see(seen, pair.leaf, root, pair.certificate, 'certificate').roles.add(role);
    seeKey(seen, pair.leaf, root, pair);
  }
  for (const { root, pair } of view.loosePairs)
    if (pair.leaf !== undefined) seeKey(seen, pair.leaf, root, pair);
  const told = rolesOf(view.manifest);
  const facts = new Map<string, CertificateFacts>();
  const inOrder = [...seen].sort(([, a], [, b]) => a.certificate.notAfter - b.certificate.notAfter);
  for (const [id, one] of inOrder)
    facts.set(id, describe(one, await digest('SHA-256', one.certificate.der), told));
  return facts;
}

/**
 * The PEM files that settings name, and those that lie where etcd's do.
 *
 * @internal
 */
export function* pemFilesOf(
  view: ClusterView,
): Generator<{ readonly root: RootIndex; readonly file: PemFile }> {
  for (const { root, client, peer } of view.members)
    for (const { pair, ownClientPair, trust } of [client, peer])
      for (const file of [
        pair?.certificate,
        pair?.key,
        ownClientPair?.certificate,
        ownClientPair?.key,
        trust?.file,
      ])
        if (file !== undefined) yield { root, file };
  for (const { root, pair, trust } of view.clients)
    for (const file of [pair?.certificate, pair?.key, trust?.file])
      if (file !== undefined) yield { root, file };
  yield* view.pemFiles;
}

function see(
  seen: Map<string, Seen>,
  certificate: CertificateView,
  root: RootIndex,
  file: PemFile,
  what: PlaceFacts['what'],
): Seen {
  const known = seen.get(certificate.id) ?? { certificate, roles: new Set(), places: new Map() };
  seen.set(certificate.id, known);
  const path = realPath(file);
  known.places.set(`${root.name}\0${path}`, {
    host: root.name,
    path,
    what,
    ...accessOf(file.file),
  });
  return known;
}

/** A file that holds both is told as the one of the key. */
function seeKey(seen: Map<string, Seen>, leaf: CertificateView, root: RootIndex, { key, fault }: Pair): void {
  if (key.file !== undefined && fault?.kind !== 'mismatch') see(seen, leaf, root, key, 'private key');
}

/** By fingerprint, in the words of a bundle. */
function rolesOf(manifest: Manifest | undefined): ReadonlyMap<string, string> {
  return new Map(manifest?.certificates.map(({ fingerprint, role }) => [fingerprint, role]));
}

function describe(
  { certificate, roles, places }: Seen,
  sha256: Uint8Array,
  told: ReadonlyMap<string, string>,
): CertificateFacts {
  const { subject, issuer, serialNumber, altNames, keyUsage, extendedKeyUsage, publicKey } = certificate;
  const fingerprint = hexadecimal(sha256);
  const role = told.get(fingerprint);
  return {
    fingerprint,
    isAuthority: isAuthority(certificate),
    roles: role === undefined ? [...roles] : [role],
    subject,
    issuer,
    serialNumber: wholeOctets(serialNumber),
    altNames: altNames === undefined ? [] : formatAltNames(altNames),
    key: describeKey(publicKey),
    keyUsage: keyUsage ?? [],
    extendedKeyUsage: (extendedKeyUsage ?? []).map(purposeName),
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    places: [...places.values()],
  };
}
