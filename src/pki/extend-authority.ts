import type { CertificateContents } from '../x509/certificate.js';
import { KEY_TABLE } from '../x509/key-algorithm.js';
import { encodePem } from '../x509/pem.js';
import type { Authority } from './authority.js';
import type { AuthorityPlan } from './certificate-plan.js';
import { formatSerialNumber } from './random.js';
import { BACKDATE_SECONDS, commonContents, type IssuingTools, refuseLint, signCertificate } from './sign.js';

/**
 * Makes another certificate of a CA that signs itself, with its own key, name and key identifier, and a later end: whoever verifies with it takes all
 * that the CA has signed (RFC 5280, 6.1.3: the chain is made by name and key).
 *
 * @internal
 */
export async function extendAuthority(
  plan: AuthorityPlan,
  authority: Authority,
  { crypto, now, spec, drawSerialNumber }: IssuingTools,
): Promise<Authority> {
  const { keyPair, pathLength, subjectKeyIdentifier } = authority;
  const serialNumber = drawSerialNumber();
  const validity = { notBefore: now - BACKDATE_SECONDS, notAfter: now + plan.validity };
  const name = { der: authority.subjectDer };
  const contents: CertificateContents = {
    ...commonContents(plan, keyPair),
    subject: name,
    serialNumber,
    signatureAlgorithm: KEY_TABLE[keyPair.algorithm].signature,
    issuer: name,
    validity,
    basicConstraints: { ca: true, ...(pathLength === undefined ? {} : { pathLength }) },
    subjectKeyIdentifier,
  };
  refuseLint(contents, 'self', plan, spec);
  const certificateDer = await signCertificate(contents, await crypto.importSigner(keyPair), keyPair, crypto);
  if (certificateDer === undefined)
    throw new TypeError(
      `the crypto provider made a signature for ${plan.id} that its own key does not verify`,
    );
  return {
    ...authority,
    certificate: encodePem('CERTIFICATE', certificateDer),
    certificateDer,
    altNames: plan.altNames,
    keyUsage: plan.keyUsage,
    serialNumber: formatSerialNumber(serialNumber),
    ...validity,
  };
}
