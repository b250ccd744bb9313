import { isIPv4 } from 'node:net';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { CertificateContents } from '../../../src/x509/certificate.js';
import type { AttributeType, DistinguishedName, Name } from '../../../src/x509/distinguished-name.js';
import type { ExtendedKeyUsage } from '../../../src/x509/extended-key-usage.js';
import type { GeneralName } from '../../../src/x509/general-name.js';
import type { SignatureAlgorithm } from '../../../src/x509/key-algorithm.js';
import { KEY_USAGES } from './arbitraries.js';

const SIGNATURES: Readonly<Record<SignatureAlgorithm, string>> = {
  sha256WithRSAEncryption: '1.2.840.113549.1.1.11',
  'ecdsa-with-SHA256': '1.2.840.10045.4.3.2',
  'ecdsa-with-SHA384': '1.2.840.10045.4.3.3',
  'ecdsa-with-SHA512': '1.2.840.10045.4.3.4',
  ed25519: '1.3.101.112',
};

const ATTRIBUTES: Readonly<Record<AttributeType, string>> = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
};

const PURPOSES: Readonly<Record<ExtendedKeyUsage, string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
};

/** The to-be-signed octets as pkijs writes them. */
export function pkijsTbsCertificate(contents: CertificateContents): Uint8Array {
  const { validity, basicConstraints, subjectKeyIdentifier, authorityKeyIdentifier } = contents;
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = pkijsInteger(contents.serialNumber);
  certificate.signature = pkijsSignature(contents.signatureAlgorithm);
  certificate.issuer = pkijsName(contents.issuer);
  certificate.notBefore = pkijsTime(validity.notBefore);
  certificate.notAfter = pkijsTime(validity.notAfter);
  certificate.subject = pkijsName(contents.subject);
  certificate.subjectPublicKeyInfo = new pkijs.PublicKeyInfo({
    schema: asn1js.fromBER(contents.subjectPublicKeyInfo).result,
  });
  const extensions: pkijs.Extension[] = [];
  const add = (extnID: string, critical: boolean, value: asn1js.BaseBlock): void => {
    extensions.push(new pkijs.Extension({ extnID, critical, extnValue: value.toBER() }));
  };
  if (contents.keyUsage.length > 0) add('2.5.29.15', true, pkijsKeyUsage(contents));
  if (contents.extendedKeyUsage.length > 0)
    add(
      '2.5.29.37',
      false,
      new pkijs.ExtKeyUsage({
        keyPurposes: contents.extendedKeyUsage.map((purpose) => PURPOSES[purpose]),
      }).toSchema(),
    );
  add(
    '2.5.29.19',
    true,
    new pkijs.BasicConstraints({
      cA: basicConstraints.ca,
      ...(basicConstraints.pathLength === undefined
        ? {}
        : { pathLenConstraint: basicConstraints.pathLength }),
    }).toSchema(),
  );
  if (subjectKeyIdentifier !== undefined)
    add('2.5.29.14', false, new asn1js.OctetString({ valueHex: subjectKeyIdentifier }));
  if (authorityKeyIdentifier !== undefined)
    add('2.5.29.35', false, pkijsAuthorityKeyIdentifier(authorityKeyIdentifier));
  if (contents.altNames.length > 0)
    add(
      '2.5.29.17',
      'length' in contents.subject && contents.subject.length === 0,
      new pkijs.GeneralNames({ names: contents.altNames.map(pkijsGeneralName) }).toSchema(),
    );
  certificate.extensions = extensions;
  return new Uint8Array(certificate.encodeTBS().toBER());
}

/** A non-negative one. */
export function pkijsInteger(magnitude: Uint8Array): asn1js.Integer {
  return asn1js.Integer.fromBigInt(BigInt(`0x0${hex(magnitude)}`));
}

export function pkijsSignature(algorithm: SignatureAlgorithm): pkijs.AlgorithmIdentifier {
  return new pkijs.AlgorithmIdentifier({
    algorithmId: SIGNATURES[algorithm],
    ...(algorithm === 'sha256WithRSAEncryption' ? { algorithmParams: new asn1js.Null() } : {}),
  });
}

export function pkijsAuthorityKeyIdentifier(identifier: Uint8Array): asn1js.Sequence {
  return new pkijs.AuthorityKeyIdentifier({
    keyIdentifier: new asn1js.OctetString({ valueHex: identifier }),
  }).toSchema();
}

/** pkijs puts all attributes into one RDN, and a SET into the empty name, unless it is given the encoding. */
export function pkijsName(name: Name): pkijs.RelativeDistinguishedNames {
  if ('der' in name) return new pkijs.RelativeDistinguishedNames({ schema: asn1js.fromBER(name.der).result });
  const encoded = new asn1js.Sequence({ value: pkijsRdns(name) });
  return new pkijs.RelativeDistinguishedNames({ valueBeforeDecode: encoded.toBER() });
}

function pkijsRdns(name: DistinguishedName): asn1js.Set[] {
  return name.map(({ type, value }) => {
    const printable = /^[A-Za-z0-9 '()+,./:=?-]*$/.test(value);
    const attribute = new pkijs.AttributeTypeAndValue({
      type: ATTRIBUTES[type],
      value: printable ? new asn1js.PrintableString({ value }) : new asn1js.Utf8String({ value }),
    });
    return new asn1js.Set({ value: [attribute.toSchema()] });
  });
}

export function pkijsTime(seconds: number): pkijs.Time {
  const value = new Date(seconds * 1000);
  return new pkijs.Time({
    type: value.getUTCFullYear() < 2050 ? pkijs.TimeType.UTCTime : pkijs.TimeType.GeneralizedTime,
    value,
  });
}

function pkijsKeyUsage({ keyUsage }: CertificateContents): asn1js.BitString {
  const bits = KEY_USAGES.map((usage) => (keyUsage.includes(usage) ? '1' : '0'))
    .join('')
    .replace(/0+$/, '');
  const octets = bits.match(/.{1,8}/g) ?? [];
  return new asn1js.BitString({
    valueHex: Uint8Array.from(octets, (octet) => Number.parseInt(octet.padEnd(8, '0'), 2)),
    unusedBits: (8 - (bits.length % 8)) % 8,
  });
}

function pkijsGeneralName(name: GeneralName): pkijs.GeneralName {
  if (name.type === 'dns') return new pkijs.GeneralName({ type: 2, value: name.name });
  return new pkijs.GeneralName({
    type: 7,
    value: new asn1js.OctetString({ valueHex: addressOctets(name.address) }),
  });
}

/** By another way than ours: IPv6 text as the URL standard reads it. */
function addressOctets(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number);
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const middle = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array.from({ length: middle }, () => '0'), ...groups(tail ?? '')];
  return Uint8Array.from(Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex'));
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
