import type { Certificate, Extension } from 'pkijs';
import { hexadecimal } from '../../x509/hexadecimal.js';
import type { CertificateReader, CertificateView, ReadResult } from './certificate.js';
import { extensionValues } from './extensions.js';
import { ATTRIBUTE_NAMES, HASHES, OID, RSA_PSS, SIGNATURES, type SignatureScheme } from './oids.js';
import { publicKeyReader } from './public-key.js';

type Pkijs = typeof import('pkijs');
type Asn1js = typeof import('asn1js');

/** A certificate has two or three kilobytes. */
const MAX_BYTES = 65_536;
const MAX_EXTENSIONS = 64;
/** Identifier octet of what a certificate is, and a private key too. */
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/**
 * Loads pkijs, which has an effect on the global object and so is not imported at the top, and gives a reader that holds a certificate
 * against what Go's `x509.ParseCertificate` demands beyond the encoding.
 *
 * @internal
 */
export async function certificateReader(): Promise<CertificateReader> {
  const [pkijs, asn1js] = await Promise.all([import('pkijs'), import('asn1js')]);
  return (der) => {
    if (der.length > MAX_BYTES) return fault('x509: malformed certificate');
    try {
      return readCertificate(der, pkijs, asn1js);
    } catch {
      return fault('x509: malformed certificate');
    }
  };
}

function readCertificate(der: Uint8Array, pkijs: Pkijs, asn1js: Asn1js): ReadResult<CertificateView> {
  const parsed = asn1js.fromBER(der);
  if (parsed.offset === -1 || der[0] !== SEQUENCE) return fault('x509: malformed certificate');
  if (parsed.offset !== der.length) return fault('x509: trailing data');
  // A key is a SEQUENCE too, which begins with its version where a certificate has the part that is signed.
  if (
    parsed.result instanceof asn1js.Sequence &&
    parsed.result.valueBlock.value[0]?.idBlock.tagNumber === INTEGER
  )
    return fault('x509: malformed tbs certificate');
  const certificate = new pkijs.Certificate({ schema: parsed.result });
  const extensions: readonly Extension[] = certificate.extensions ?? [];
  const serial = certificate.serialNumber.valueBlock.valueHexView;
  if (((serial[0] ?? 0) & 0x80) !== 0) return fault('x509: negative serial number');
  if (certificate.signature.algorithmId !== certificate.signatureAlgorithm.algorithmId)
    return fault("x509: inner and outer signature algorithm identifiers don't match");
  const repeated = extensions.find(
    ({ extnID }, index) => extensions.findIndex((other) => other.extnID === extnID) !== index,
  );
  if (extensions.length > MAX_EXTENSIONS) return fault('x509: malformed extensions');
  if (repeated !== undefined)
    return fault(`x509: certificate contains duplicate extension with OID "${repeated.extnID}"`);
  const publicKey = publicKeyReader(pkijs, asn1js)(certificate.subjectPublicKeyInfo);
  if (publicKey.type === 'fault') return publicKey;
  const values = extensionValues(extensions, pkijs, asn1js);
  if (values.type === 'fault') return values;
  return {
    type: 'ok',
    value: {
      id: octetText(der),
      der,
      signed: new Uint8Array(certificate.tbsView),
      signature: new Uint8Array(certificate.signatureValue.valueBlock.valueHexView),
      scheme: schemeOf(certificate, pkijs),
      version: certificate.version + 1,
      subject: nameText(certificate.subject),
      issuer: nameText(certificate.issuer),
      commonName: commonNameOf(certificate.subject),
      rawSubject: octetText(new Uint8Array(certificate.subject.valueBeforeDecode)),
      rawIssuer: octetText(new Uint8Array(certificate.issuer.valueBeforeDecode)),
      serialNumber: hexadecimal(serial).replace(/^0+(?=.)/, ''),
      notBefore: seconds(certificate.notBefore.value),
      notAfter: seconds(certificate.notAfter.value),
      publicKey: publicKey.value,
      ...values.value,
    },
  };
}

/** What a signature of the certificate is checked with; PSS names its hash in its parameters (RFC 4055, 3.1). */
function schemeOf({ signatureAlgorithm }: Certificate, pkijs: Pkijs): SignatureScheme | undefined {
  const { algorithmId, algorithmParams } = signatureAlgorithm;
  if (algorithmId !== RSA_PSS)
    return Object.hasOwn(SIGNATURES, algorithmId) ? SIGNATURES[algorithmId] : undefined;
  const { hashAlgorithm } = new pkijs.RSASSAPSSParams({ schema: algorithmParams });
  const hash = HASHES[hashAlgorithm.algorithmId];
  return hash === undefined ? undefined : { name: 'RSA-PSS', key: 'rsa', hash };
}

function nameText(name: Certificate['subject']): string {
  return name.typesAndValues
    .map(({ type, value }) => `${ATTRIBUTE_NAMES[type] ?? type}=${escapeValue(valueText(value))}`)
    .reverse()
    .join(',');
}

function commonNameOf(name: Certificate['subject']): string {
  return valueText(name.typesAndValues.findLast(({ type }) => type === OID.commonName)?.value);
}

function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('valueBlock' in value)) return '';
  const { valueBlock } = value;
  const inner =
    typeof valueBlock === 'object' && valueBlock !== null && 'value' in valueBlock ? valueBlock.value : '';
  return typeof inner === 'string' ? inner : '';
}

/** RFC 4514, 2.4 */
function escapeValue(text: string): string {
  return text.replace(/[,+"\\<>;]/g, '\\$&').replace(/^[ #]|(?<!^) $/g, '\\$&');
}

function seconds(date: { getTime(): number }): number {
  const time = Math.floor(date.getTime() / 1000);
  if (!Number.isFinite(time)) throw new RangeError('no time');
  return time;
}

function octetText(octets: Uint8Array): string {
  return new TextDecoder('latin1').decode(octets);
}

function fault(says: string): { readonly type: 'fault'; readonly says: string } {
  return { type: 'fault', says };
}
