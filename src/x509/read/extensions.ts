import { keyUsageOfBits } from '../key-usage.js';
import { OID } from '../object-identifiers.js';
import { checkDistributionPoints, checkInformationAccess } from './access-and-distribution-points.js';
import { readAltNames } from './alt-names.js';
import type { CertificateView } from './certificate.js';
import {
  contextTag,
  DerFault,
  type DerReader,
  derReader,
  isNegative,
  readBits,
  readBoolean,
  readInteger,
  readObjectIdentifier,
  TAG,
} from './der-reader.js';
import { readNameConstraints } from './name-constraints.js';
import { checkPolicyMappings, readPolicies, readPolicyConstraints } from './policies.js';

/** What the extensions say of a certificate. */
type ExtensionValues = Pick<
  CertificateView,
  | 'dnsNames'
  | 'ipAddresses'
  | 'emailAddresses'
  | 'uris'
  | 'altNames'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'basicConstraints'
  | 'subjectKeyIdentifier'
  | 'unhandledCritical'
  | 'nameConstraints'
  | 'policies'
  | 'requiresPolicy'
>;

/** @internal */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

const NONE: ExtensionValues = {
  dnsNames: [],
  ipAddresses: [],
  emailAddresses: [],
  uris: [],
  altNames: undefined,
  keyUsage: undefined,
  extendedKeyUsage: undefined,
  basicConstraints: undefined,
  subjectKeyIdentifier: undefined,
  unhandledCritical: [],
  nameConstraints: undefined,
  policies: undefined,
  requiresPolicy: false,
};

/**
 * Reads the extensions of a certificate of version 3 as Go does, those too that decide nothing here: Go refuses the certificate when
 * one of them cannot be read (`crypto/x509/parser.go`, processExtensions).
 *
 * @param reader - at the list; undefined where there is none
 * @internal
 */
export function readExtensions(reader: DerReader | undefined): ExtensionValues {
  if (reader === undefined) return NONE;
  const list = reader.enter(TAG.sequence, 'x509: malformed extensions');
  const extensions: Extension[] = [];
  const seen = new Set<string>();
  while (!list.isEmpty()) {
    const extension = readExtension(list.enter(TAG.sequence, 'x509: malformed extension'));
    if (seen.has(extension.oid))
      throw new DerFault(`x509: certificate contains duplicate extension with OID "${extension.oid}"`);
    seen.add(extension.oid);
    extensions.push(extension);
  }
  const unhandledCritical: string[] = [];
  const values: ExtensionValues = { ...NONE, unhandledCritical };
  for (const extension of extensions) {
    const { handled, ...found } = readValue(extension);
    if (extension.critical && !handled) unhandledCritical.push(extension.oid);
    Object.assign(values, found);
  }
  return values;
}

/** @internal */
export function readExtension(reader: DerReader): Extension {
  const oid = readObjectIdentifier(reader, 'x509: malformed extension OID field');
  const critical =
    reader.peek(TAG.boolean) && readBoolean(reader, 'x509: malformed extension critical field');
  return { oid, critical, value: reader.content(TAG.octetString, 'x509: malformed extension value field') };
}

function readValue({
  oid,
  critical,
  value,
}: Extension): Partial<ExtensionValues> & { readonly handled: boolean } {
  switch (oid) {
    case OID.keyUsage:
      return {
        handled: true,
        keyUsage: keyUsageOfBits(readBits(derReader(value), 'x509: invalid key usage').octets),
      };
    case OID.basicConstraints:
      return { handled: true, basicConstraints: readBasicConstraints(value) };
    case OID.subjectAltName: {
      const names = readAltNames(value);
      const { dnsNames, ipAddresses, emailAddresses, uris } = names;
      const handled = dnsNames.length + ipAddresses.length + emailAddresses.length + uris.length > 0;
      return { handled, altNames: value, ...names };
    }
    case OID.nameConstraints: {
      const { unhandled, ...nameConstraints } = readNameConstraints(value);
      return { handled: !unhandled, nameConstraints };
    }
    case OID.extendedKeyUsage:
      return { handled: true, extendedKeyUsage: readPurposes(value) };
    case OID.subjectKeyIdentifier:
      refuseCritical(critical, 'subject key identifier');
      return {
        handled: true,
        subjectKeyIdentifier: derReader(value).content(
          TAG.octetString,
          'x509: invalid subject key identifier',
        ),
      };
    case OID.authorityKeyIdentifier:
      checkAuthorityKeyIdentifier({ critical, value });
      return { handled: true };
    case OID.authorityInfoAccess:
      refuseCritical(critical, 'authority info access');
      checkInformationAccess(value);
      return { handled: true };
    case OID.crlDistributionPoints:
      checkDistributionPoints(value);
      return { handled: true };
    case OID.certificatePolicies:
      return { handled: true, policies: readPolicies(value) };
    case OID.policyMappings:
      checkPolicyMappings(value);
      return { handled: true };
    case OID.policyConstraints:
      return { handled: true, requiresPolicy: readPolicyConstraints(value) };
    case OID.inhibitAnyPolicy:
      if (readInteger(derReader(value), 'x509: invalid inhibit any policy extension').length > 8)
        throw new DerFault('x509: invalid inhibit any policy extension');
      return { handled: true };
    default:
      return { handled: false };
  }
}

function readBasicConstraints(value: Uint8Array): NonNullable<CertificateView['basicConstraints']> {
  const says = 'x509: invalid basic constraints';
  const fields = derReader(value).enter(TAG.sequence, says);
  const ca = fields.peek(TAG.boolean) && readBoolean(fields, says);
  if (!fields.peek(TAG.integer)) return { ca };
  const octets = readInteger(fields, says);
  if (isNegative(octets) || octets.length > 8) throw new DerFault(says);
  return { ca, pathLength: octets.reduce((sum, octet) => sum * 256 + octet, 0) };
}

function readPurposes(value: Uint8Array): readonly string[] {
  const says = 'x509: invalid extended key usages';
  const list = derReader(value).enter(TAG.sequence, says);
  const purposes: string[] = [];
  while (!list.isEmpty()) purposes.push(readObjectIdentifier(list, says));
  return purposes;
}

/** @internal */
export function checkAuthorityKeyIdentifier({
  critical,
  value,
}: Pick<Extension, 'critical' | 'value'>): void {
  refuseCritical(critical, 'authority key identifier');
  const says = 'x509: invalid authority key identifier';
  const fields = derReader(value).enter(TAG.sequence, says);
  const keyIdentifier = contextTag(0, 'primitive');
  if (fields.peek(keyIdentifier)) fields.content(keyIdentifier, says);
}

function refuseCritical(critical: boolean, name: string): void {
  if (critical) throw new DerFault(`x509: ${name} incorrectly marked critical`);
}
