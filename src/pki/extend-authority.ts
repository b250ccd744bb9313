import type { Authority } from './authority.js';
import type { AuthorityPlan } from './certificate-plan.js';
import type { IssuingTools } from './sign.js';
import { signSelf } from './sign-self.js';

/**
 * Makes another certificate of a CA that signs itself, with its own key, name and key identifier, and a later end: whoever verifies with it takes all
 * that the CA has signed (RFC 5280, 6.1.3: the chain is made by name and key).
 *
 * @internal
 */
export async function extendAuthority(
  plan: AuthorityPlan,
  authority: Authority,
  tools: IssuingTools,
): Promise<Authority> {
  const { keyPair, pathLength, subjectDer, subjectKeyIdentifier } = authority;
  const identity = {
    subject: { der: subjectDer },
    keyPair,
    subjectKeyIdentifier,
    ...(pathLength === undefined ? {} : { pathLength }),
  };
  return { ...authority, ...(await signSelf(plan, identity, tools)) };
}
