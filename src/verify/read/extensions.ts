import type { Extension, GeneralName } from 'pkijs';
import { parseIpAddress } from '../../net/ip-address.js';
import { keyUsageOfBits } from '../../x509/key-usage.js';
import type { CertificateView, NameConstraintsView, ReadResult } from './certificate.js';
import { OID } from './oids.js';

type Pkijs = typeof import('pkijs');
type Asn1js = typeof import('asn1js');
type ExtensionValues = Pick<
  CertificateView,
  | 'dnsNames'
  | 'ipAddresses'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'basicConstraints'
  | 'unhandledCritical'
  | 'nameConstraints'
>;

/** Extensions that Go handles and that nothing here looks at (Go `crypto/x509/parser.go`, processExtensions). */
const HANDLED_ELSEWHERE: readonly string[] = [
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.54',
  '1.3.6.1.5.5.7.1.1',
];

/**
 * Reads the extensions that decide whether etcd accepts a certificate.
 *
 * @internal
 */
export function extensionValues(
  extensions: readonly Extension[],
  pkijs: Pkijs,
  asn1js: Asn1js,
): ReadResult<ExtensionValues> {
  const value = (oid: string): unknown => {
    const extension = extensions.find(({ extnID }) => extnID === oid);
    if (extension === undefined) return undefined;
    const parsed: unknown = extension.parsedValue;
    if (
      parsed === undefined ||
      parsed === null ||
      (typeof parsed === 'object' && 'parsingError' in parsed && parsed.parsingError)
    )
      throw new TypeError(`unreadable extension ${oid}`);
    return parsed;
  };
  const altName = value(OID.subjectAltName);
  const names = altName instanceof pkijs.AltName ? altName.altNames : [];
  const ipAddresses = names
    .filter(({ type }) => type === 7)
    .map((name) => addressText(addressOctets(name, asn1js)));
  if (ipAddresses.includes(undefined)) return { type: 'fault', says: 'x509: cannot parse IP address' };
  const usage = value(OID.keyUsage);
  const extended = value(OID.extendedKeyUsage);
  const constraints = value(OID.basicConstraints);
  const pathLength =
    constraints instanceof pkijs.BasicConstraints ? constraints.pathLenConstraint : undefined;
  const nameConstraints = value(OID.nameConstraints);
  return {
    type: 'ok',
    value: {
      dnsNames: names.filter(({ type }) => type === 2).map((name) => String(name.value)),
      ipAddresses: ipAddresses.filter((address) => address !== undefined),
      keyUsage: usage instanceof asn1js.BitString ? usageNames(usage.valueBlock.valueHexView) : undefined,
      extendedKeyUsage: extended instanceof pkijs.ExtKeyUsage ? extended.keyPurposes : undefined,
      basicConstraints:
        constraints instanceof pkijs.BasicConstraints
          ? { ca: constraints.cA, ...(typeof pathLength === 'number' ? { pathLength } : {}) }
          : undefined,
      unhandledCritical: extensions
        .filter(({ extnID, critical }) => critical && !isHandled(extnID))
        .map(({ extnID }) => extnID),
      nameConstraints:
        nameConstraints instanceof pkijs.NameConstraints
          ? {
              permittedDns: subtreeNames(nameConstraints.permittedSubtrees),
              excludedDns: subtreeNames(nameConstraints.excludedSubtrees),
            }
          : undefined,
    },
  };
}

function isHandled(oid: string): boolean {
  return (
    HANDLED_ELSEWHERE.includes(oid) ||
    oid === OID.keyUsage ||
    oid === OID.subjectAltName ||
    oid === OID.basicConstraints ||
    oid === OID.nameConstraints ||
    oid === OID.extendedKeyUsage
  );
}

function usageNames(bits: Uint8Array): readonly string[] {
  return keyUsageOfBits(bits);
}

function addressOctets(name: GeneralName, asn1js: Asn1js): Uint8Array {
  const value: unknown = name.value;
  return value instanceof asn1js.OctetString ? value.valueBlock.valueHexView : new Uint8Array();
}

function addressText(octets: Uint8Array): string | undefined {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return undefined;
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((octets[2 * index] ?? 0) << 8) | (octets[2 * index + 1] ?? 0)).toString(16),
  );
  return parseIpAddress(groups.join(':'))?.address;
}

function subtreeNames(
  subtrees: readonly { readonly base: GeneralName }[] | undefined,
): NameConstraintsView['permittedDns'] {
  return (subtrees ?? []).filter(({ base }) => base.type === 2).map(({ base }) => String(base.value));
}
