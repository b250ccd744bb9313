import { X509Certificate } from 'node:crypto';
import type { GeneralName } from 'pkijs';
import { parseIpAddress } from '../../net/ip-address.js';
import { keyUsageOfBits } from '../../x509/key-usage.js';
import { OID } from '../../x509/read/oids.js';
import { formatTime } from '../../x509/time.js';
import { describeKey } from './key.js';

/**
 * A certificate as it was read, from any source.
 *
 * @public
 */
export interface CertificateDescription {
  /** RFC 4514 order: `CN=e1,O=etcd`. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, lower case. */
  readonly serialNumber: string;
  /** `DNS:e1`, `IP:10.0.0.1`, or another kind of name under OpenSSL's abbreviation. */
  readonly altNames: readonly string[];
  /** RFC 5280's names; empty where the extension is absent. */
  readonly keyUsage: readonly string[];
  /** RFC 5280's names, or an object identifier; empty where the extension is absent. */
  readonly extendedKeyUsage: readonly string[];
  /** Its basic constraints and, where present, its key usage let it sign certificates. */
  readonly isAuthority: boolean;
  /** `ecdsa-p256`, `rsa-2048`, `secp521r1`, `ed25519`; otherwise an object identifier. */
  readonly key: string;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** SHA-256 of the DER, hexadecimal, lower case. */
  readonly fingerprint: string;
}

/** id-kp (RFC 5280, 4.2.1.12) and anyExtendedKeyUsage. */
const PURPOSES: Readonly<Record<string, string>> = {
  [OID.serverAuth]: 'serverAuth',
  [OID.clientAuth]: 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
  [OID.anyExtendedKeyUsage]: 'anyExtendedKeyUsage',
};
const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';

/**
 * Reads the certificates of a file.
 *
 * @param bytes - PEM with any number of `CERTIFICATE` blocks, anything between them; or one certificate in DER
 * @returns none if the file contains none
 * @throws Error where a certificate is damaged
 * @public
 */
export async function readCertificates(bytes: Uint8Array): Promise<readonly CertificateDescription[]> {
  const isDer = bytes[0] === 0x30;
  const blocks = isDer ? [bytes] : blocksOf(Buffer.from(bytes).toString('latin1'));
  return Promise.all(blocks.map((block) => describe(new X509Certificate(block))));
}

/** Includes damaged blocks, which PEM readers skip. Never rescans: after a BEGIN without END no block is complete. */
function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  for (let begin = text.indexOf(BEGIN); begin >= 0; ) {
    const end = text.indexOf(END, begin);
    if (end < 0) return blocks;
    blocks.push(text.slice(begin, end + END.length));
    begin = text.indexOf(BEGIN, end);
  }
  return blocks;
}

async function describe(certificate: X509Certificate): Promise<CertificateDescription> {
  const { subject, issuer, serialNumber, validFrom, validTo, fingerprint256, keyUsage, ca } = certificate;
  return {
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    serialNumber: serialNumber.toLowerCase(),
    ...(await describeEncoded(certificate.raw)),
    extendedKeyUsage: (keyUsage ?? []).map((purpose) => PURPOSES[purpose] ?? purpose),
    isAuthority: ca,
    notBefore: formatTime(Date.parse(validFrom) / 1000),
    notAfter: formatTime(Date.parse(validTo) / 1000),
    fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** node:crypto does not show key usage, and alternative names as one text only; loading pkijs has an effect, so it is loaded here. */
async function describeEncoded(
  der: Uint8Array,
): Promise<Pick<CertificateDescription, 'altNames' | 'keyUsage' | 'key'>> {
  const [{ AltName, Certificate }, asn1js] = await Promise.all([import('pkijs'), import('asn1js')]);
  const { BitString } = asn1js;
  const { extensions = [], subjectPublicKeyInfo } = Certificate.fromBER(new Uint8Array(der));
  const find = (oid: string): unknown => extensions.find(({ extnID }) => extnID === oid)?.parsedValue;
  const names = find(OID.subjectAltName);
  const usage = find(OID.keyUsage);
  const bits = usage instanceof BitString ? usage.valueBlock.valueHexView : new Uint8Array();
  return {
    altNames: names instanceof AltName ? names.altNames.map(formatName) : [],
    keyUsage: keyUsageOfBits(bits),
    key: describeKey(subjectPublicKeyInfo, asn1js),
  };
}

/** GeneralName (RFC 5280, 4.2.1.6). */
function formatName({ type, value }: GeneralName): string {
  switch (type) {
    case 1:
      return `email:${value}`;
    case 2:
      return `DNS:${value}`;
    case 6:
      return `URI:${value}`;
    case 7:
      return `IP:${formatIp(value.valueBlock.valueHexView)}`;
    default:
      return `other:[${type}]`;
  }
}

function formatIp(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  const hexadecimal = Buffer.from(octets).toString('hex');
  if (octets.length !== 16) return hexadecimal;
  const address = parseIpAddress(hexadecimal.match(/.{4}/g)?.join(':') ?? '');
  if (address === undefined) return hexadecimal;
  return address.version === 4 ? `::ffff:${address.address}` : address.address;
}

/** Node prints one attribute a line, in the order of the encoding. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').reverse().join(',');
}
