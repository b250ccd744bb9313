import type { CertificateContents } from '../x509/certificate.js';
import { KEY_TABLE } from '../x509/key-algorithm.js';
import { encodePem } from '../x509/pem.js';
import type { Authority } from './authority.js';
import type { AuthorityPlan } from './certificate-plan.js';
import { formatSerialNumber } from './random.js';
import { BACKDATE_SECONDS, commonContents, type IssuingTools, refuseLint, signCertificate } from './sign.js';

/**
 * What a CA is known by, whichever of its certificates is looked at.
 *
 * @internal
 */
export interface AuthorityIdentity
  extends Pick<CertificateContents, 'subject'>,
    Pick<Authority, 'keyPair' | 'pathLength' | 'subjectKeyIdentifier'> {}

type SignedFields =
  | 'certificate'
  | 'certificateDer'
  | 'altNames'
  | 'keyUsage'
  | 'serialNumber'
  | keyof Validity;
type Validity = CertificateContents['validity'];

/**
 * A certificate that a CA signs with its own key, from now on.
 *
 * @throws EtcdBundleError `lint-failed`
 * @internal
 */
export async function signSelf(
  plan: AuthorityPlan,
  { subject, keyPair, pathLength, subjectKeyIdentifier }: AuthorityIdentity,
  { crypto, now, spec, drawSerialNumber }: Omit<IssuingTools, 'drawKeyPair'>,
): Promise<Pick<Authority, SignedFields>> {
  const serialNumber = drawSerialNumber();
  const validity = { notBefore: now - BACKDATE_SECONDS, notAfter: now + plan.validity };
  const contents: CertificateContents = {
    ...commonContents(plan, keyPair),
    subject,
    serialNumber,
    signatureAlgorithm: KEY_TABLE[keyPair.algorithm].signature,
    issuer: subject,
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
  const { altNames, keyUsage } = plan;
  return {
    certificate: encodePem('CERTIFICATE', certificateDer),
    certificateDer,
    altNames,
    keyUsage,
    serialNumber: formatSerialNumber(serialNumber),
    ...validity,
  };
}
