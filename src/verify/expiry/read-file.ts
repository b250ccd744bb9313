import type { CryptoProvider } from '../../crypto/provider.js';
import { at, isReadableYaml, listAt, textAt, yamlValues } from '../../host/service/yaml-value.js';
import { decodeBase64Url } from '../../text/base64url.js';
import { hexadecimal } from '../../text/hexadecimal.js';
import type { CertificateView, ReadResult } from '../../x509/read/certificate.js';
import { readCertificate } from '../../x509/read/certificate-reader.js';
import { isAuthority } from '../../x509/read/is-authority.js';
import { decodePem } from '../../x509/read/pem.js';
import { type RevocationListView, readRevocationList } from '../../x509/read/revocation-list.js';
import { wholeOctets } from '../../x509/read/serial-number.js';
import type { SightedCertificate, SightedList } from './ending.js';

/**
 * What one file holds that ends.
 *
 * @internal
 */
export interface FileEndings {
  readonly certificates: readonly FileCertificate[];
  readonly lists: readonly SightedList[];
  /** Sentences on what cannot be read. */
  readonly faults: readonly string[];
  /** What else it is, where that is a file of this trade: a clause. */
  readonly otherwise: string | undefined;
}

/** @internal */
export interface FileCertificate {
  readonly certificate: SightedCertificate;
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** Whether it lies in a kubeconfig as a user's. */
  readonly isKubeconfigUser: boolean;
}

type Digest = CryptoProvider['digest'];

/** As large as a file with certificates or lists may be; a list of 100,000 serial numbers has 4 MB. */
const MAX_BYTES = 16 * 2 ** 20;
const SEQUENCE = 0x30;
const CERTIFICATE = 'CERTIFICATE';
const LIST = 'X509 CRL';
const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';

/**
 * Reads the certificates and revocation lists of a file: PEM with anything between its blocks, one in DER, or those that a kubeconfig
 * holds.
 *
 * @internal
 */
export async function readFileEndings(bytes: Uint8Array, digest: Digest): Promise<FileEndings> {
  if (bytes.length > MAX_BYTES) return { ...NOTHING, faults: ['It is too large to be looked into.'] };
  if (bytes[0] === SEQUENCE) {
    const read = await readDer(bytes, digest);
    if (read !== undefined) return read;
  }
  const text = new TextDecoder('latin1').decode(bytes);
  const pem = text.includes('-----BEGIN ') ? await readPem(bytes, text, digest) : NOTHING;
  if (!text.includes('-data')) return pem;
  const inside = await readKubeconfig(text, digest);
  return {
    certificates: [...pem.certificates, ...inside.certificates],
    lists: pem.lists,
    faults: [...pem.faults, ...inside.faults],
    otherwise: pem.otherwise ?? inside.otherwise,
  };
}

const NOTHING: FileEndings = { certificates: [], lists: [], faults: [], otherwise: undefined };

async function readDer(bytes: Uint8Array, digest: Digest): Promise<FileEndings | undefined> {
  const certificate = readCertificate(bytes);
  if (certificate.type === 'ok')
    return { ...NOTHING, certificates: [await sighted(certificate.value, digest, false)] };
  const list = readList(bytes);
  return list.type === 'ok'
    ? { ...NOTHING, lists: [await sightedList(bytes, list.value, digest)] }
    : undefined;
}

/** Blocks whose inside is damaged are passed over by PEM readers, and so counted here. */
async function readPem(bytes: Uint8Array, text: string, digest: Digest): Promise<FileEndings> {
  const blocks = decodePem(bytes);
  const certificates: FileCertificate[] = [];
  const lists: SightedList[] = [];
  const faults: string[] = [];
  for (const block of blocks) {
    if (block.type === CERTIFICATE) {
      const read = readCertificate(block.bytes);
      if (read.type === 'ok') certificates.push(await sighted(read.value, digest, false));
      else faults.push(`It contains a certificate that Go, and so etcd, cannot read: ${read.says}.`);
    }
    if (block.type === LIST) {
      const read = readList(block.bytes);
      if (read.type === 'ok') lists.push(await sightedList(block.bytes, read.value, digest));
      else faults.push(`It contains a revocation list that Go, and so etcd, cannot read: ${read.says}.`);
    }
  }
  const damaged = countBlocks(text) - blocks.filter(({ type }) => type === CERTIFICATE).length;
  if (damaged > 0) faults.push('It contains a certificate whose PEM block is damaged.');
  const types = blocks.map(({ type }) => type);
  return { certificates, lists, faults, otherwise: otherwiseOf(types) };
}

function otherwiseOf(types: readonly string[]): string | undefined {
  if (types.some((type) => type.endsWith('PRIVATE KEY')))
    return 'is a private key, which has no end of its own';
  if (types.some((type) => type.endsWith('CERTIFICATE REQUEST'))) return 'is a request, which has no end';
  return undefined;
}

function countBlocks(text: string): number {
  let count = 0;
  for (let begin = text.indexOf(BEGIN); begin >= 0; ) {
    const end = text.indexOf(END, begin);
    if (end < 0) break;
    if (begin === 0 || text.charAt(begin - 1) === '\n') count += 1;
    begin = text.indexOf(BEGIN, end);
  }
  return count;
}

/** Go has two readers, and each release of etcd one of them: what either takes is a list. */
function readList(der: Uint8Array): ReadResult<RevocationListView> {
  const strict = readRevocationList(der, 'ParseRevocationList');
  return strict.type === 'ok' ? strict : readRevocationList(der, 'ParseCRL');
}

/** `client-certificate-data` of users, `certificate-authority-data` of clusters: PEM in base64 (k8s.io/client-go, clientcmd/api/v1). */
async function readKubeconfig(text: string, digest: Digest): Promise<FileEndings> {
  if (!/\bkind['"]?\s*:\s*['"]?Config\b/.test(text)) return NOTHING;
  if (!isReadableYaml(text))
    return { ...NOTHING, faults: ['It is a kubeconfig that is too large to be looked into.'] };
  const configs = yamlValues(text).filter((value) => textAt(value, 'kind') === 'Config');
  const data = configs.flatMap((config) => [
    ...listAt(config, 'users').map((user) => ({
      user: true,
      text: textAt(at(user, 'user'), 'client-certificate-data'),
    })),
    ...listAt(config, 'clusters').map((cluster) => ({
      user: false,
      text: textAt(at(cluster, 'cluster'), 'certificate-authority-data'),
    })),
  ]);
  const certificates: FileCertificate[] = [];
  const faults: string[] = [];
  for (const { user, text: encoded } of data) {
    if (encoded === undefined) continue;
    const bytes = decodeBase64(encoded);
    const read = bytes === undefined ? undefined : await readPem(bytes, '', digest);
    if (read === undefined || read.certificates.length === 0)
      faults.push(
        `It holds ${user ? 'client-certificate-data' : 'certificate-authority-data'} in which there is no certificate.`,
      );
    for (const one of read?.certificates ?? []) certificates.push({ ...one, isKubeconfigUser: user });
  }
  return { ...NOTHING, certificates, faults };
}

function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s/g, '').replace(/={1,2}$/, '');
  return decodeBase64Url(digits.replaceAll('+', '-').replaceAll('/', '_'));
}

async function sighted(
  certificate: CertificateView,
  digest: Digest,
  isKubeconfigUser: boolean,
): Promise<FileCertificate> {
  const { der, subject, issuer, serialNumber, notBefore, notAfter, extendedKeyUsage } = certificate;
  return {
    certificate: {
      type: isAuthority(certificate) ? 'authority' : 'leaf',
      subject,
      issuer,
      serialNumber: wholeOctets(serialNumber),
      notBefore,
      notAfter,
      fingerprint: hexadecimal(await digest('SHA-256', der)),
    },
    extendedKeyUsage,
    isKubeconfigUser,
  };
}

async function sightedList(
  der: Uint8Array,
  { issuer, thisUpdate, nextUpdate, serialNumbers }: RevocationListView,
  digest: Digest,
): Promise<SightedList> {
  const fingerprint = hexadecimal(await digest('SHA-256', der));
  return {
    type: 'revocation-list',
    issuer,
    thisUpdate,
    nextUpdate,
    revoked: serialNumbers.size,
    fingerprint,
  };
}
