import type { Pair, Trust } from '../../host/pair.js';
import { purposeName } from '../../x509/extended-key-usage.js';
import type { ClusterView } from '../cluster-view.js';
import type { Fault } from '../finding.js';
import type { Usage } from '../trust/chain.js';
import type { ChainFault } from '../trust/chain-fault.js';

/**
 * A fault, and what kind of fault in the chain it comes from: several rules share them.
 *
 * @internal
 */
export interface ChainFinding extends Fault {
  readonly kind: ChainFault['kind'];
}

/**
 * A broken chain, in words that name the cause.
 *
 * @internal
 */
export function chainMessage(
  { kind, culprit, says }: ChainFault,
  pair: Pair,
  trust: Trust,
  usage: Usage,
): Pick<Fault, 'message' | 'cure' | 'etcdSays'> {
  const path = pair.certificate.path;
  const isOwn = culprit.id === pair.leaf?.id;
  const what = isOwn ? path : `${culprit.subject}, the authority of ${path},`;
  switch (kind) {
    case 'usage': {
      const present = (culprit.extendedKeyUsage ?? []).map(purposeName).join(', ');
      return {
        message: `${what} lacks the usage ${usage}: it has only ${present}.`,
        cure: isOwn
          ? 'Issue it with serverAuth and clientAuth.'
          : 'Use an authority without extended key usages, or with both.',
        etcdSays: says,
      };
    }
    case 'extension':
      return {
        message: `${what} has a critical extension that Go does not know: ${culprit.unhandledCritical.join(', ')}.`,
        cure: 'Issue it without that extension, or with it not critical.',
        etcdSays: says,
      };
    case 'names':
      return {
        message: `${what} may not sign for every name in ${path}: ${says.slice(says.lastIndexOf('name: ') + 'name: '.length)}.`,
        cure: 'Leave that name out, or issue it from an authority whose name constraints allow it.',
        etcdSays: says,
      };
    case 'policy':
      return {
        message: `${what} asks for a certificate policy that the chain of ${path} does not share.`,
        cure: 'Issue it without policy constraints, or with its policies in every certificate below the root.',
        etcdSays: says,
      };
    case 'time':
    case 'authority':
      return {
        message: authorityMessage(pair, trust),
        cure: 'Put the authority that signed it into the CA file, and intermediates after the leaf.',
        etcdSays: says,
      };
  }
}

/**
 * Whether another rule reports a chain fault: expired certificates have their own.
 *
 * @internal
 */
export function isToldElsewhere(fault: ChainFault | undefined, trust: Trust, view: ClusterView): boolean {
  if (fault === undefined) return true;
  if (trust.roots.length === 0) return true;
  return fault.kind === 'time' && (view.at < fault.culprit.notBefore || view.at > fault.culprit.notAfter);
}

function authorityMessage({ leaf, certificate }: Pair, { roots, file }: Trust): string {
  if (leaf === undefined) return '';
  const namesakes = roots.filter(({ rawSubject }) => rawSubject === leaf.rawIssuer);
  const [namesake] = namesakes;
  if (namesake === undefined)
    return `${certificate.path} was issued by ${leaf.issuer}, which is not in ${file.path}: there ${roots.length === 1 ? 'is' : 'are'} ${roots
      .slice(0, 3)
      .map(({ subject }) => subject)
      .join(' and ')}.`;
  if (leaf.scheme?.insecure !== undefined)
    return `${certificate.path} is signed with ${leaf.scheme.insecure}, which Go considers insecure and no longer accepts.`;
  if (namesake.basicConstraints?.ca !== true && namesake.version === 3)
    return `${namesake.subject} in ${file.path} is not a CA (basic constraints), so it cannot have signed ${certificate.path}.`;
  if (namesake.keyUsage !== undefined && !namesake.keyUsage.includes('keyCertSign'))
    return `${namesake.subject} in ${file.path} may not sign certificates: its key usage lacks keyCertSign.`;
  if (namesake.publicKey.type === 'rsa' && namesake.publicKey.bits < 1024)
    return `${namesake.subject} in ${file.path} has an RSA key of ${namesake.publicKey.bits} bits, which Go no longer accepts.`;
  return `${certificate.path} was not signed by the key of ${namesake.subject} in ${file.path}: another authority of the same name signed it.`;
}
