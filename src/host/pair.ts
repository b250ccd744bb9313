import type { CertificateView } from '../x509/read/certificate.js';
import type { PemFile } from './pem-files.js';

/**
 * A certificate with its key, as one setting names them.
 *
 * @internal
 */
export interface Pair {
  readonly certificate: PemFile;
  readonly key: PemFile;
  /** Why `tls.X509KeyPair` would not load it. */
  readonly fault: PairFault | undefined;
  /** The first certificate, also where the key does not fit. */
  readonly leaf: CertificateView | undefined;
  /** What is sent along with it. */
  readonly intermediates: readonly CertificateView[];
}

/** @internal */
export interface PairFault {
  readonly kind: 'missing' | 'unread' | 'certificate' | 'key' | 'encrypted' | 'mismatch';
  readonly path: string;
  /** Go's words; empty where nobody knows. */
  readonly says: string;
  /** Of what was not read. */
  readonly why?: string;
}

/**
 * A CA file that etcd verifies the other side against.
 *
 * @internal
 */
export interface Trust {
  readonly file: PemFile;
  readonly roots: readonly CertificateView[];
}

/** @internal */
export function pairOf(certificate: PemFile, key: PemFile): Pair {
  const read = certificate.certificates.flatMap((result) => (result.type === 'ok' ? [result.value] : []));
  const [first] = certificate.certificates;
  const leaf = first?.type === 'ok' ? first.value : undefined;
  return {
    certificate,
    key,
    fault: pairFault(certificate, key, leaf),
    leaf,
    intermediates: leaf === undefined ? [] : read.slice(1),
  };
}

/** @internal */
export function trustOf(file: PemFile): Trust {
  return { file, roots: file.pool };
}

/** In the order of Go's `tls.X509KeyPair`. */
function pairFault(
  certificate: PemFile,
  key: PemFile,
  leaf: CertificateView | undefined,
): PairFault | undefined {
  for (const { file, path, unread } of [certificate, key])
    if (file === undefined && unread !== undefined) return { kind: 'unread', path, says: '', why: unread };
    else if (file === undefined)
      return { kind: 'missing', path, says: `open ${path}: no such file or directory` };
  const [first] = certificate.certificates;
  if (first === undefined)
    return { kind: 'certificate', path: certificate.path, says: noCertificate(certificate) };
  if (key.key === undefined) return { kind: 'key', path: key.path, says: noKey(key) };
  if (first.type === 'fault') return { kind: 'certificate', path: certificate.path, says: first.says };
  if (key.key.type === 'fault')
    return { kind: key.encrypted ? 'encrypted' : 'key', path: key.path, says: key.key.says };
  return leaf === undefined ? undefined : mismatch(leaf, key);
}

function noCertificate({ blocks }: PemFile): string {
  const types = blocks.map(({ type }) => type);
  if (types.length === 0) return 'tls: failed to find any PEM data in certificate input';
  if (types.length === 1 && types[0]?.endsWith('PRIVATE KEY'))
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function noKey({ blocks }: PemFile): string {
  const types = blocks.map(({ type }) => type);
  if (types.length === 0) return 'tls: failed to find any PEM data in key input';
  if (types.length === 1 && types[0] === 'CERTIFICATE')
    return 'tls: found a certificate rather than a key in the PEM for the private key';
  return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function mismatch({ publicKey }: CertificateView, { key, path }: PemFile): PairFault | undefined {
  if (key?.type !== 'ok' || key.value.type === 'unknown') return undefined;
  if (publicKey.type === 'other')
    return { kind: 'certificate', path, says: 'tls: unknown public key algorithm' };
  if (publicKey.type !== key.value.type)
    return { kind: 'mismatch', path, says: 'tls: private key type does not match public key type' };
  return publicKey.value === key.value.value
    ? undefined
    : { kind: 'mismatch', path, says: 'tls: private key does not match public key' };
}
