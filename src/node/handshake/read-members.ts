import { join } from 'node:path';
import type { Manifest, ManifestCertificate, ManifestTarball } from '../../bundle/manifest.js';
import { readManifest } from '../../bundle/read-manifest.js';
import { EtcdBundleError } from '../../errors.js';
import { parseEnvironmentFile } from '../../systemd/environment-file.js';
import { entryNameFault } from '../read/entry-name.js';
import { readLimited } from '../read/read-limited.js';
import { readTarball } from '../read/tarball.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import type { HandshakeClient, HandshakeMember, HandshakeSide } from './participant.js';
import { type EtcdSettings, type HostTexts, readEtcdSettings, textsOf } from './read-settings.js';

/** @public */
export interface HandshakeParticipants {
  readonly members: readonly HandshakeMember[];
  readonly clients: readonly HandshakeClient[];
}

interface Host {
  readonly name: string;
  readonly tarball: ManifestTarball;
  readonly texts: HostTexts;
  readonly settings: EtcdSettings | undefined;
}

const MAX_BYTES = 64 * 2 ** 20;
const URL_HOST = /^([a-z]+):\/\/(?:\[([^\]]*)\]|([^:/]*))/;
const UNSPECIFIED = ['0.0.0.0', '::', ''];

/**
 * Reads the members and clients of a bundle: what the settings of each member's etcd name, and every certificate that is a client's.
 *
 * @param dir - the folder that holds `bundle.json`
 * @throws EtcdBundleError `invalid-bundle` where it is no bundle, `system` where it cannot be read
 * @public
 */
export async function readHandshakeMembers(dir: string): Promise<HandshakeParticipants> {
  const bytes = await readBytes(join(dir, 'bundle.json'));
  const manifest = readManifest(new TextDecoder().decode(bytes));
  if (manifest === undefined) throw refused(join(dir, 'bundle.json'), 'It is not the manifest of a bundle.');
  const hosts: Host[] = [];
  for (const tarball of manifest.tarballs) {
    if (tarball.path.includes('/') || entryNameFault(tarball.path) !== undefined)
      throw refused(join(dir, 'bundle.json'), 'It names a tarball outside its folder.');
    const texts = textsOf(await readTarball(await readBytes(join(dir, tarball.path)), tarball.path));
    const settings = tarball.kind === 'member' ? await readEtcdSettings(texts) : undefined;
    hosts.push({ name: tarball.path.replace(/\.tar\.gz$/, ''), tarball, texts, settings });
  }
  return {
    members: hosts.flatMap((host) => (host.settings === undefined ? [] : [memberOf(host, host.settings)])),
    clients: hosts.flatMap((host) => clientsOf(host, manifest)),
  };
}

function memberOf({ name, texts }: Host, settings: EtcdSettings): HandshakeMember {
  const peerUrls = settings.get('initial-advertise-peer-urls') ?? '';
  const clientUrls = [settings.get('advertise-client-urls'), settings.get('listen-client-urls')].join(',');
  const allowed = settings.get('peer-cert-allowed-cn');
  return {
    name: settings.get('name') ?? name,
    ...optional('peer', hostsIn(peerUrls).length > 0 ? sideOf('peer-', settings, texts) : undefined),
    ...optional('server', hostsIn(clientUrls).length > 0 ? sideOf('', settings, texts) : undefined),
    peerHosts: hostsIn(peerUrls),
    clientHosts: hostsIn(clientUrls),
    ...optional('peerAllowedNames', allowed?.split(',')),
    hasGateway: settings.get('enable-grpc-gateway') !== 'false',
    skipsPeerNames: ['', 'experimental-'].some(
      (prefix) => settings.get(`${prefix}peer-skip-client-san-verification`) === 'true',
    ),
  };
}

function sideOf(prefix: '' | 'peer-', settings: EtcdSettings, texts: HostTexts): HandshakeSide | undefined {
  const read = (setting: string): string | undefined => {
    const path = settings.get(`${prefix}${setting}`);
    return path === undefined ? undefined : (texts.get(path) ?? '');
  };
  const [certificate, key] = [read('cert-file'), read('key-file')];
  if (certificate === undefined || key === undefined) return undefined;
  return {
    certificate,
    key,
    ...optional('clientCertificate', read('client-cert-file')),
    ...optional('clientKey', read('client-key-file')),
    ...optional('ca', read('trusted-ca-file')),
  };
}

/** Certificates for clients alone that no setting of the host's etcd names. */
function clientsOf(host: Host, { certificates }: Manifest): readonly HandshakeClient[] {
  const used = new Set(host.settings?.values() ?? []);
  const own = certificates.filter(
    ({ tarballs, path, extendedKeyUsage }) =>
      tarballs.includes(host.tarball.path) &&
      extendedKeyUsage.includes('clientAuth') &&
      !extendedKeyUsage.includes('serverAuth') &&
      !used.has(path),
  );
  return own.flatMap((certificate): readonly HandshakeClient[] => {
    const ca = authorityOf(certificate, host);
    const name = `${host.name}:${certificate.path.slice(certificate.path.lastIndexOf('/') + 1)}`;
    const pem = host.texts.get(certificate.path);
    const key = host.texts.get(keyPathOf(certificate.path, host));
    if (ca === undefined || pem === undefined || key === undefined) return [];
    return [
      {
        name,
        certificate: pem,
        key,
        ca,
        ...optional('endpoints', endpointsOf(host)),
        ...optional('on', host.settings?.get('name')),
      },
    ];
  });
}

/** The host's own trusted CA, what etcdctl's variables name, or the CA beside the certificate. */
function authorityOf({ path }: ManifestCertificate, { settings, texts, tarball }: Host): string | undefined {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const carried = tarball.files.filter(({ kind }) => kind === 'authority-certificate');
  const candidates = [
    settings?.get('trusted-ca-file'),
    ...variablesIn(texts, 'ETCDCTL_CACERT'),
    `${folder}/ca.crt`,
    `${folder}/ca.pem`,
    `${folder}/etcd/ca.crt`,
    ...carried.map((file) => `/${file.path}`),
  ];
  return candidates.map((candidate) => texts.get(candidate ?? '')).find((text) => text !== undefined);
}

function keyPathOf(path: string, { texts }: Host): string {
  const stem = path.replace(/\.(?:crt|pem)$/, '');
  return [`${stem}.key`, `${stem}-key.pem`].find((candidate) => texts.has(candidate)) ?? '';
}

function endpointsOf({ texts }: Host): readonly string[] | undefined {
  const hosts = variablesIn(texts, 'ETCDCTL_ENDPOINTS').flatMap(hostsIn);
  return hosts.length === 0 ? undefined : hosts;
}

function variablesIn(texts: HostTexts, name: string): readonly string[] {
  return [...texts].flatMap(([path, text]) =>
    path.endsWith('.env')
      ? parseEnvironmentFile(text).variables.flatMap((variable) =>
          variable.name === name ? [variable.value] : [],
        )
      : [],
  );
}

/** Hosts of the https URLs of a list, each once. */
function hostsIn(urls: string): readonly string[] {
  const hosts = urls.split(',').flatMap((url) => {
    const [, scheme, bracketed, plain] = URL_HOST.exec(url.trim()) ?? [];
    const host = bracketed ?? plain ?? '';
    return scheme === 'https' && !UNSPECIFIED.includes(host) ? [host] : [];
  });
  return [...new Set(hosts)];
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [key in Name]?: Value } | Record<never, never> {
  return value === undefined ? {} : { [name]: value };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const bytes = await readLimited(path, MAX_BYTES);
    if (bytes === undefined) throw refused(path, 'It is too large.');
    return bytes;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw refused(path, 'There is nothing there.');
    throw describeSystemError(error, 'read it');
  }
}

function refused(path: string, message: string): EtcdBundleError {
  const cure = 'Name the folder that etcd-bundle generate wrote.';
  return new EtcdBundleError('invalid-bundle', [{ code: 'invalid-value', path, message, cure }]);
}
