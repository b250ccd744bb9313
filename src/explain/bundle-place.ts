import { hostNamesOf, type Manifest, type ManifestCertificateContents } from '../bundle/manifest/manifest.js';
import { parseIpAddress } from '../net/ip-address.js';

/**
 * A file of a bundle that a message is about.
 *
 * @internal
 */
export interface BundlePlace {
  /** The tarball, which for a member is its name. */
  readonly host: string;
  /** Absolute on that host; empty where the message is about the host. */
  readonly path: string;
  /** What connects it with the message. */
  readonly reason: string;
}

/** Of one message; a whole fleet would hide what is said. */
const MAX_PLACES = 12;

/**
 * Finds what the values of a message name: the certificate with these names, serial number or end, the file with this path, the host
 * with this address.
 *
 * @internal
 */
export function locateInBundle(
  values: ReadonlyMap<string, string>,
  manifest: Manifest,
): readonly BundlePlace[] {
  const places = [
    ...namedCertificates(values, manifest),
    ...certificatesWith(manifest, 'has this serial number', serialTest(values.get('serial') ?? '')),
    ...certificatesWith(manifest, 'ends then', timeTest(values.get('not-after') ?? '')),
    ...files(values.get('file') ?? '', manifest),
    ...['remote', 'wanted', 'source-address', 'dialled', 'listen-address'].flatMap((name) =>
      hostsAt(values.get(name) ?? '', manifest),
    ),
  ];
  const distinct = new Map(places.map((place) => [`${place.host}\0${place.path}`, place]));
  return [...distinct.values()].slice(0, MAX_PLACES);
}

function namedCertificates(values: ReadonlyMap<string, string>, manifest: Manifest): readonly BundlePlace[] {
  const names = (values.get('names') ?? '')
    .split(', ')
    .filter((name) => name !== '')
    .map(canonical);
  const dnsNames = [...(values.get('dns-names') ?? '').matchAll(/"([^"]*)"/g)].map(([, name = '']) => name);
  const wanted = [...names, ...dnsNames].sort().join();
  if (wanted === '') return [];
  return certificatesWith(manifest, 'has these names', ({ altNames }) =>
    ['IP:', 'DNS:'].some(
      (prefix) =>
        altNames
          .filter((name) => name.startsWith(prefix))
          .map((name) => canonical(name.slice(prefix.length)))
          .sort()
          .join() === wanted,
    ),
  );
}

function certificatesWith(
  { authorities, certificates, hosts }: Manifest,
  reason: string,
  test: (certificate: ManifestCertificateContents) => boolean,
): readonly BundlePlace[] {
  const members = hosts.filter(({ kind }) => kind === 'member').map(({ name }) => name);
  const found = [
    ...authorities
      .filter((authority) => authority.certificates.some(test))
      .map(({ path }) => ({ path, names: members })),
    ...certificates.filter(test).map(({ path, holder }) => ({ path, names: hostNamesOf(holder) })),
  ];
  return found.flatMap(({ path, names }) => names.map((host) => ({ host, path, reason })));
}

/** etcd prints a serial number in decimal. */
function serialTest(serial: string): (certificate: ManifestCertificateContents) => boolean {
  if (!/^\d{1,60}$/.test(serial)) return () => false;
  const wanted = BigInt(serial);
  return ({ serialNumber }) => /^[0-9a-f]+$/i.test(serialNumber) && BigInt(`0x${serialNumber}`) === wanted;
}

function timeTest(time: string): (certificate: ManifestCertificateContents) => boolean {
  const wanted = Date.parse(time);
  return ({ notAfter }) => Date.parse(notAfter) === wanted;
}

function files(wanted: string, { hosts }: Manifest): readonly BundlePlace[] {
  if (!wanted.startsWith('/')) return [];
  return hosts.flatMap(({ name, files: held }) =>
    held
      .filter(({ path }) => path === wanted)
      .map(({ mode, owner }) => ({
        host: name,
        path: wanted,
        reason: `the bundle has it, mode ${mode}, ${owner}`,
      })),
  );
}

/** A host is known by the server or peer certificate that has its address and that it alone carries. */
function hostsAt(value: string, { certificates, hosts }: Manifest): readonly BundlePlace[] {
  const address = canonical(value.replace(/:\d+$/, ''));
  if (address === '' || address === '127.0.0.1' || address === '::1') return [];
  const members = new Set(hosts.filter(({ kind }) => kind === 'member').map(({ name }) => name));
  const names = certificates
    .filter(({ altNames }) =>
      altNames.some((name) => canonical(name.replace(/^(?:IP|DNS):/, '')) === address),
    )
    .map(({ holder }) => hostNamesOf(holder))
    .flatMap((holders) => (holders.length === 1 ? holders : []));
  return [...new Set(names)]
    .filter((host) => members.has(host))
    .map((host) => ({ host, path: '', reason: `${address} is its address` }));
}

function canonical(name: string): string {
  return parseIpAddress(name.replace(/^\[(.*)\]$/, '$1'))?.address ?? name.toLowerCase();
}
