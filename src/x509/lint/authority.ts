import { equalOctets } from '../../text/octets.js';
import type { SignatureAlgorithm } from '../key-algorithm.js';
import { publicKeyKind } from '../subject-public-key-info.js';
import type { LintRule } from './rule.js';

/** @internal */
export const authoritySigns: LintRule = {
  name: 'authority-signs',
  source: 'RFC 5280, 4.2.1.3',
  check: ({ certificate }) =>
    certificate.basicConstraints.ca && !certificate.keyUsage.includes('keyCertSign')
      ? { message: 'is a CA whose key usage lacks keyCertSign', cure: 'Add keyCertSign.' }
      : undefined,
};

/** @internal */
export const leafSignsNoCertificates: LintRule = {
  name: 'leaf-signs-no-certificates',
  source: 'RFC 5280, 4.2.1.9',
  check: ({ certificate }) =>
    !certificate.basicConstraints.ca && certificate.keyUsage.includes('keyCertSign')
      ? { message: 'is not a CA but has keyCertSign', cure: 'Leave keyCertSign out.' }
      : undefined,
};

/** @internal */
export const pathLengthOfAuthority: LintRule = {
  name: 'path-length-of-authority',
  source: 'RFC 5280, 4.2.1.9',
  check: ({ certificate: { basicConstraints } }) => {
    const { ca, pathLength } = basicConstraints;
    if (pathLength === undefined) return undefined;
    if (!ca) return { message: 'is not a CA but has a path length', cure: 'Leave the path length out.' };
    return Number.isInteger(pathLength) && pathLength >= 0 && pathLength <= 0x7fffffff
      ? undefined
      : { message: `has the path length ${pathLength}`, cure: 'Give a whole number of at least 0.' };
  },
};

/** @internal */
export const authorityIdentified: LintRule = {
  name: 'authority-identified',
  source: 'RFC 5280, 4.2.1.2',
  check: ({ certificate }) =>
    certificate.basicConstraints.ca && certificate.subjectKeyIdentifier === undefined
      ? { message: 'is a CA without a subject key identifier', cure: 'Derive one from its public key.' }
      : undefined,
};

/** @internal */
export const issuerMaySign: LintRule = {
  name: 'issuer-may-sign',
  source: 'RFC 5280, 6.1.4',
  check: ({ issuer, selfSigned }) => {
    // Whether a self-signed certificate may be a leaf is not the issuer's question.
    if (selfSigned) return undefined;
    const cure =
      'Sign with a CA certificate: basicConstraints CA:TRUE and, where it has key usages, keyCertSign.';
    if (!issuer.basicConstraints.ca)
      return { message: 'is to be signed by a certificate that is not a CA', cure };
    return issuer.keyUsage.length > 0 && !issuer.keyUsage.includes('keyCertSign')
      ? { message: 'is to be signed by a CA whose key usage lacks keyCertSign', cure }
      : undefined;
  },
};

/** @internal */
export const issuerPathLength: LintRule = {
  name: 'issuer-path-length',
  source: 'RFC 5280, 4.2.1.9',
  check: ({ certificate, issuer, selfSigned }) => {
    const { pathLength } = issuer.basicConstraints;
    return !selfSigned && pathLength === 0 && certificate.basicConstraints.ca
      ? {
          message: 'is a CA, and its issuer has the path length 0, which allows only leaves',
          cure: 'Sign it with a CA that has a greater path length, or none.',
        }
      : undefined;
  },
};

/** @internal */
export const authorityKeyIdentifierMatches: LintRule = {
  name: 'authority-key-identifier-matches',
  source: 'RFC 5280, 4.2.1.1',
  check: ({ certificate: { authorityKeyIdentifier }, issuer: { subjectKeyIdentifier }, selfSigned }) => {
    // Only a self-signed certificate may lack it, and an issuer without an identifier cannot be referred to by one.
    if (authorityKeyIdentifier === undefined)
      return selfSigned || subjectKeyIdentifier === undefined
        ? undefined
        : {
            message: 'has no authority key identifier',
            cure: "Set it to the CA's subject key identifier.",
          };
    return subjectKeyIdentifier === undefined || equalOctets(authorityKeyIdentifier, subjectKeyIdentifier)
      ? undefined
      : {
          message: "has an authority key identifier that is not the CA's subject key identifier",
          cure: "Set it to the CA's subject key identifier.",
        };
  },
};

const SIGNING_KEYS: Readonly<Record<SignatureAlgorithm, ReturnType<typeof publicKeyKind>>> = {
  sha256WithRSAEncryption: 'rsa',
  'ecdsa-with-SHA256': 'ec',
  'ecdsa-with-SHA384': 'ec',
  'ecdsa-with-SHA512': 'ec',
  ed25519: 'ed25519',
};

/** @internal */
export const signatureFitsIssuerKey: LintRule = {
  name: 'signature-fits-issuer-key',
  source: 'RFC 5280, 4.1.1.2',
  check: ({ certificate: { signatureAlgorithm }, issuer }) => {
    const kind = publicKeyKind(issuer.subjectPublicKeyInfo);
    const wanted = SIGNING_KEYS[signatureAlgorithm];
    return kind === wanted
      ? undefined
      : {
          message: `is to be signed with ${signatureAlgorithm}, which the CA's key cannot do`,
          cure: "Use the algorithm of the CA's key, not of the certified key.",
        };
  },
};
