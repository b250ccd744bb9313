import { encodeName, formatDistinguishedName } from '../x509/distinguished-name.js';
import { deriveKeyIdentifier } from '../x509/subject-key-identifier.js';
import type { Authority } from './authority.js';
import type { AuthorityPlan } from './certificate-plan.js';
import type { IssuingTools } from './sign.js';
import { signSelf } from './sign-self.js';

/**
 * Makes a CA that signs itself.
 *
 * @internal
 */
export async function issueAuthority(plan: AuthorityPlan, tools: IssuingTools): Promise<Authority> {
  const { subject, pathLength } = plan;
  const keyPair = await tools.drawKeyPair(plan.key);
  const identity = {
    keyPair,
    subjectKeyIdentifier: await deriveKeyIdentifier(keyPair.publicKey, tools.crypto.digest),
    ...(pathLength === undefined ? {} : { pathLength }),
  };
  return {
    ...(await signSelf(plan, { subject, ...identity }, tools)),
    ...identity,
    subjectDer: encodeName(subject),
    subject: formatDistinguishedName(subject),
    issuer: formatDistinguishedName(subject),
  };
}
