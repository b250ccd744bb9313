import type { ManifestCertificateContents } from '../../bundle/manifest/manifest.js';
import { purposeName } from '../../x509/extended-key-usage.js';
import { formatAltNames } from '../../x509/read/alt-name-texts.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { readCertificate } from '../../x509/read/certificate-reader.js';
import { describeKey } from '../../x509/read/key-name.js';
import { decodePem } from '../../x509/read/pem.js';
import { wholeOctets } from '../../x509/read/serial-number.js';
import { formatTime } from '../../x509/time.js';
import { sha256Of } from '../sha256.js';

/**
 * A certificate as it was read, from any source.
 *
 * @public
 */
export interface CertificateDescription
  extends Omit<ManifestCertificateContents, 'publicKey' | 'generation'> {
  /** Its basic constraints and, where present, its key usage let it sign certificates. */
  readonly isAuthority: boolean;
}

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';

/**
 * Reads the certificates of a file.
 *
 * @param bytes - PEM with any number of `CERTIFICATE` blocks, anything between them; or one certificate in DER
 * @returns none if the file contains none
 * @throws Error where a certificate is damaged or one that Go, and so etcd, refuses: in Go's words
 * @example
 * ```ts
 * const [ca] = await readCertificates(await readFile('bundle/ca/ca.crt'));
 * ca?.isAuthority; // => true
 * ```
 * @public
 */
export async function readCertificates(bytes: Uint8Array): Promise<readonly CertificateDescription[]> {
  return [...blocksOf(bytes)].map(describeBlock);
}

/**
 * The certificates of a file as they stand there: PEM blocks, or all of it where it is DER. Includes damaged blocks, which PEM readers
 * skip. Never rescans: after a BEGIN without END no block is complete.
 *
 * @internal
 */
export function* blocksOf(bytes: Uint8Array): Generator<string | Uint8Array> {
  if (bytes[0] === 0x30) {
    yield bytes;
    return;
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  for (let begin = text.indexOf(BEGIN); begin >= 0; ) {
    const end = text.indexOf(END, begin);
    if (end < 0) return;
    yield text.slice(begin, end + END.length);
    begin = text.indexOf(BEGIN, end);
  }
}

/**
 * @throws Error where it is damaged or one that Go, and so etcd, refuses: in Go's words
 * @internal
 */
export function describeBlock(block: string | Uint8Array): CertificateDescription {
  return describeCertificate(read(typeof block === 'string' ? derOf(block) : block));
}

function derOf(block: string): Uint8Array {
  return decodePem(Buffer.from(`${block}\n`, 'latin1'))[0]?.bytes ?? new Uint8Array();
}

function read(der: Uint8Array): CertificateView {
  const result = readCertificate(der);
  if (result.type === 'fault') throw new Error(result.says);
  return result.value;
}

/**
 * A certificate that Go reads, in the words of a manifest.
 *
 * @internal
 */
export function describeCertificate(certificate: CertificateView): CertificateDescription {
  const { subject, issuer, serialNumber, altNames, keyUsage, extendedKeyUsage, publicKey } = certificate;
  return {
    subject,
    issuer,
    serialNumber: wholeOctets(serialNumber),
    altNames: altNames === undefined ? [] : formatAltNames(altNames),
    keyUsage: keyUsage ?? [],
    key: describeKey(publicKey),
    extendedKeyUsage: (extendedKeyUsage ?? []).map(purposeName),
    isAuthority:
      certificate.basicConstraints?.ca === true &&
      (keyUsage === undefined || keyUsage.includes('keyCertSign')),
    notBefore: formatTime(certificate.notBefore),
    notAfter: formatTime(certificate.notAfter),
    fingerprint: sha256Of(certificate.der),
  };
}
