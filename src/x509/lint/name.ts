import { equalOctets } from '../../text/octets.js';
import {
  type AttributeType,
  encodeName,
  isEmptyName,
  isEncodedName,
  type Name,
  type NameAttribute,
} from '../distinguished-name.js';
import type { LintRule } from './rule.js';

/** ub-common-name and its siblings, in characters (RFC 5280, A.1). */
const UPPER_BOUNDS: Readonly<Record<AttributeType, number>> = {
  C: 2,
  ST: 128,
  L: 128,
  O: 64,
  OU: 64,
  CN: 64,
};

/** @internal */
export const issuerNamed: LintRule = {
  name: 'issuer-named',
  source: 'RFC 5280, 4.1.2.4',
  check: ({ certificate }) =>
    isEmptyName(certificate.issuer)
      ? { message: 'has an issuer without a name', cure: 'Give the CA a subject, such as CN=etcd-ca.' }
      : undefined,
};

/** @internal */
export const issuerIsSubjectOfIssuer: LintRule = {
  name: 'issuer-is-subject-of-issuer',
  source: 'RFC 5280, 6.1.3',
  check: ({ certificate, issuer }) =>
    equalOctets(encodeName(certificate.issuer), encodeName(issuer.subject))
      ? undefined
      : {
          message: 'names an issuer that differs, as it is encoded, from the subject of the CA',
          cure: "Copy the CA's subject, octet for octet.",
        },
};

/** @internal */
export const attributeLengths: LintRule = {
  name: 'attribute-lengths',
  source: 'RFC 5280, A.1',
  check: ({ certificate }) =>
    firstWrong(certificate.subject, ({ type, value }) => {
      const { length } = [...value];
      return length >= 1 && length <= UPPER_BOUNDS[type]
        ? undefined
        : {
            message: `has a subject whose ${type} is ${length} characters long`,
            cure: `Give 1 to ${UPPER_BOUNDS[type]} characters.`,
          };
    }),
};

/** @internal */
export const attributeCharacters: LintRule = {
  name: 'attribute-characters',
  source: 'RFC 5280, 4.1.2.4; RFC 4518, 2.4',
  check: ({ certificate }) =>
    firstWrong(certificate.subject, ({ type, value }) =>
      // A NUL once made CAs and browsers read two different names (CVE-2009-2408).
      /[\p{Cc}\p{Cs}]/u.test(value)
        ? {
            message: `has a subject whose ${type} contains a control character or a lone surrogate: ${JSON.stringify(value)}`,
            cure: 'Leave it out.',
          }
        : undefined,
    ),
};

/** @internal */
export const countryCode: LintRule = {
  name: 'country-code',
  source: 'RFC 5280, A.1 (X520countryName)',
  check: ({ certificate }) =>
    firstWrong(certificate.subject, ({ type, value }) =>
      type === 'C' && !/^[A-Za-z]{2}$/.test(value)
        ? {
            message: `has a subject whose C is ${JSON.stringify(value)}`,
            cure: 'Give the two letters of ISO 3166-1, such as GB.',
          }
        : undefined,
    ),
};

/** A name that is a copy of another certificate's is as it is. */
function firstWrong<Finding>(
  name: Name,
  check: (attribute: NameAttribute) => Finding | undefined,
): Finding | undefined {
  if (isEncodedName(name)) return undefined;
  for (const attribute of name) {
    const finding = check(attribute);
    if (finding !== undefined) return finding;
  }
  return undefined;
}
