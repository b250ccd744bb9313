import type { CertificateContents } from '../x509/certificate.js';
import { encodeName, formatDistinguishedName } from '../x509/distinguished-name.js';
import { KEY_TABLE } from '../x509/key-algorithm.js';
import { encodePem } from '../x509/pem.js';
import { deriveKeyIdentifier } from '../x509/subject-key-identifier.js';
import type { Authority } from './authority.js';
import type { AuthorityPlan } from './certificate-plan.js';
import { formatSerialNumber } from './random.js';
import { BACKDATE_SECONDS, commonContents, type IssuingTools, refuseLint, signCertificate } from './sign.js';

/**
 * Makes a CA that signs itself.
 *
 * @internal
 */
export async function issueAuthority(
  plan: AuthorityPlan,
  { crypto, now, spec, drawKeyPair, drawSerialNumber }: IssuingTools,
): Promise<Authority> {
  const keyPair = await drawKeyPair(plan.key);
  const subjectKeyIdentifier = await deriveKeyIdentifier(keyPair.publicKey, crypto.digest);
  const serialNumber = drawSerialNumber();
  const validity = { notBefore: now - BACKDATE_SECONDS, notAfter: now + plan.validity };
  const contents: CertificateContents = {
    ...commonContents(plan, keyPair),
    serialNumber,
    signatureAlgorithm: KEY_TABLE[plan.key].signature,
    issuer: plan.subject,
    validity,
    basicConstraints: { ca: true, ...(plan.pathLength === undefined ? {} : { pathLength: plan.pathLength }) },
    subjectKeyIdentifier,
  };
  refuseLint(contents, 'self', plan, spec);
  const certificateDer = await signCertificate(contents, await crypto.importSigner(keyPair), keyPair, crypto);
  if (certificateDer === undefined)
    throw new TypeError(
      `the crypto provider made a signature for ${plan.id} that its own key does not verify`,
    );
  return {
    certificate: encodePem('CERTIFICATE', certificateDer),
    certificateDer,
    subjectDer: encodeName(plan.subject),
    subject: formatDistinguishedName(plan.subject),
    issuer: formatDistinguishedName(plan.subject),
    subjectKeyIdentifier,
    altNames: plan.altNames,
    keyUsage: plan.keyUsage,
    ...(plan.pathLength === undefined ? {} : { pathLength: plan.pathLength }),
    serialNumber: formatSerialNumber(serialNumber),
    ...validity,
    keyPair,
  };
}
