import { EtcdBundleError } from '../errors.js';
import { equalOctets } from '../text/octets.js';
import type { CertificateContents } from '../x509/certificate.js';
import { encodeName, formatDistinguishedName } from '../x509/distinguished-name.js';
import { KEY_TABLE } from '../x509/key-algorithm.js';
import type { CertificateIssuer } from '../x509/lint/rule.js';
import { encodePem } from '../x509/pem.js';
import type { Authority, SigningAuthority } from './authority.js';
import type { LeafPlan } from './certificate-plan.js';
import type { IssuedLeaf } from './pki.js';
import { formatSerialNumber } from './random.js';
import { selfIssued } from './self-issued.js';
import { BACKDATE_SECONDS, type IssuingTools, privateKeyPem, refuseLint, signCertificate } from './sign.js';
import { leafNotAfter } from './validity.js';

/** @internal */
export async function issueLeaf(
  plan: LeafPlan,
  signer: SigningAuthority,
  { crypto, now, spec, drawKeyPair, drawSerialNumber }: IssuingTools,
): Promise<IssuedLeaf> {
  const { authority, sign } = signer;
  if (bearsNameOf(authority, plan))
    throw new EtcdBundleError('invalid-spec', [selfIssued(plan, authority.subject, spec)]);
  // Before the key, which comes when it comes: leaves are issued side by side, and each has its own place in the serial source.
  const serialNumber = drawSerialNumber();
  const keyPair = await drawKeyPair(plan.key);
  const notAfter = leafNotAfter(now, authority.notAfter, plan, spec);
  const notBefore = Math.max(now - BACKDATE_SECONDS, authority.notBefore);
  const { subject, altNames, keyUsage, extendedKeyUsage } = plan;
  const { publicKey } = keyPair;
  // Nothing is spread into what is made for each certificate: V8 gives every such object a hidden class of its own, and one that is old
  // keeps all that came after it in memory until the whole heap is swept.
  const contents: CertificateContents = {
    serialNumber,
    signatureAlgorithm: KEY_TABLE[authority.keyPair.algorithm].signature,
    issuer: { der: authority.subjectDer },
    validity: { notBefore, notAfter },
    subject,
    subjectPublicKeyInfo: publicKey,
    keyUsage,
    extendedKeyUsage,
    altNames,
    basicConstraints: { ca: false },
    authorityKeyIdentifier: authority.subjectKeyIdentifier,
  };
  refuseLint(contents, asIssuer(authority), plan, spec);
  const certificateDer = await signCertificate(contents, sign, authority.keyPair, crypto);
  if (certificateDer === undefined) throw badSignature(plan, signer);
  return {
    plan,
    certificate: encodePem('CERTIFICATE', certificateDer) + (authority.chain ?? ''),
    certificateDer,
    publicKey,
    privateKey: privateKeyPem(keyPair),
    subject: formatDistinguishedName(subject),
    issuer: authority.subject,
    serialNumber: formatSerialNumber(serialNumber),
    notBefore,
    notAfter,
  };
}

/** Go compares the octets, OpenSSL the text without its case (RFC 5280, 7.1). */
function bearsNameOf(authority: Authority, plan: LeafPlan): boolean {
  return (
    equalOctets(encodeName(plan.subject), authority.subjectDer) ||
    formatDistinguishedName(plan.subject).toLowerCase() === authority.subject.toLowerCase()
  );
}

function badSignature(plan: LeafPlan, { isGiven, authority }: SigningAuthority): Error {
  if (!isGiven)
    return new TypeError(
      `the crypto provider made a signature for ${plan.id} that its CA's key does not verify`,
    );
  return new EtcdBundleError('invalid-authority', [
    {
      code: 'authority-key-mismatch',
      path: plan.authority === 'ca' ? 'certificates.ca.key' : 'certificates.peerCa.key',
      message: `What it signs does not verify against the certificate of ${authority.subject}.`,
      cure: 'Name the key that belongs to the certificate.',
    },
  ]);
}

function asIssuer(authority: Authority): CertificateIssuer {
  const {
    subjectDer,
    keyPair,
    notBefore,
    notAfter,
    keyUsage,
    pathLength,
    subjectKeyIdentifier,
    nameConstraints,
  } = authority;
  return {
    subject: { der: subjectDer },
    subjectPublicKeyInfo: keyPair.publicKey,
    validity: { notBefore, notAfter },
    keyUsage,
    basicConstraints: { ca: true, ...(pathLength === undefined ? {} : { pathLength }) },
    subjectKeyIdentifier,
    ...(nameConstraints === undefined ? {} : { nameConstraints }),
  };
}
