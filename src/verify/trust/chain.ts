import { OID } from '../../x509/object-identifiers.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { nearestTimeText, type UnixTime } from '../../x509/time.js';
import type { ChainFault } from './chain-fault.js';
import { constraintFault } from './name-constraints.js';
import type { SignedBy } from './signatures.js';

/** @internal */
export type Usage = 'serverAuth' | 'clientAuth';

/** @internal */
export interface ChainQuestion {
  readonly leaf: CertificateView;
  readonly intermediates: readonly CertificateView[];
  readonly roots: readonly CertificateView[];
  readonly usage: Usage;
  readonly at: UnixTime;
  readonly signedBy: SignedBy;
}

interface Path {
  readonly chain: readonly CertificateView[];
}

/** 2.5.29.32.0 */
const ANY_POLICY = '85.29.32.0';
const KEY_NAMES = { rsa: 'RSA', ec: 'ECDSA', ed25519: 'Ed25519' } as const;
const GO_TYPES = {
  rsa: '*rsa.PublicKey',
  ec: '*ecdsa.PublicKey',
  ed25519: 'ed25519.PublicKey',
  other: '<nil>',
} as const;
/** Go stops at 100 signatures (`crypto/x509/verify.go`, maxChainSignatureChecks). */
const MAX_STEPS = 100;

/**
 * Verifies a chain as Go's `x509.Certificate.Verify` does: names by their octets, every certificate's time, usages down the whole
 * chain, and every certificate of the CA file a root.
 *
 * @internal
 */
export function verifyChain(question: ChainQuestion): ChainFault | undefined {
  const { leaf, roots, usage } = question;
  const invalid = invalidity(leaf, [], question.at);
  if (invalid !== undefined) return invalid;
  const budget = { left: MAX_STEPS };
  const built: Path[] | ChainFault = roots.some(({ id }) => id === leaf.id)
    ? [{ chain: [leaf] }]
    : buildChains([leaf], question, budget);
  if (!Array.isArray(built)) return built;
  const sound = built.filter(({ chain }) => policyCulprit(chain) === undefined);
  const usable = sound.filter(({ chain }) => allows(chain, usage));
  if (usable.length === 0) {
    const culprit = sound.length === 0 ? policyCulprit(built[0]?.chain ?? []) : undefined;
    if (culprit !== undefined)
      return {
        kind: 'policy',
        says: `x509: no valid chains built: ${built.length} candidate chains with invalid policies`,
        culprit,
      };
  }
  if (usable.length === 0) {
    const culprit = built[0]?.chain.find((certificate) => !permits(certificate, usage)) ?? leaf;
    return { kind: 'usage', says: 'x509: certificate specifies an incompatible key usage', culprit };
  }
  const named = usable.find(({ chain }) => constraintFault(chain) === undefined);
  return named === undefined ? constraintFault(usable[0]?.chain ?? []) : undefined;
}

function buildChains(
  chain: readonly CertificateView[],
  question: ChainQuestion,
  budget: { left: number },
): Path[] | ChainFault {
  const child = chain.at(-1);
  if (child === undefined) return [];
  const found: Path[] = [];
  let hint: ChainFault | undefined;
  let failed: ChainFault | undefined;
  const consider = (parent: CertificateView, isRoot: boolean): void => {
    budget.left -= 1;
    if (budget.left < 0 || chain.some(({ id }) => id === parent.id)) return;
    const wrong = signatureFault(child, parent, question.signedBy);
    if (wrong !== undefined) {
      hint ??= { kind: 'authority', says: wrong, culprit: parent };
      return;
    }
    const invalid = invalidity(parent, chain, question.at) ?? (isRoot ? undefined : authorityFault(parent));
    if (invalid !== undefined) {
      failed = invalid;
      return;
    }
    if (isRoot) {
      found.push({ chain: [...chain, parent] });
      return;
    }
    const above = buildChains([...chain, parent], question, budget);
    if (Array.isArray(above)) for (const one of above) found.push(one);
    else failed = above;
  };
  for (const parent of question.roots) if (parent.rawSubject === child.rawIssuer) consider(parent, true);
  for (const parent of question.intermediates)
    if (parent.rawSubject === child.rawIssuer) consider(parent, false);
  if (found.length > 0) return found;
  const because =
    hint === undefined
      ? ''
      : ` (possibly because of "${hint.says}" while trying to verify candidate authority certificate "${hint.culprit.commonName}")`;
  return (
    failed ?? {
      kind: 'authority',
      says: `x509: certificate signed by unknown authority${because}`,
      culprit: child,
    }
  );
}

/** Go's `CheckSignatureFrom`. */
function signatureFault(
  child: CertificateView,
  parent: CertificateView,
  signedBy: SignedBy,
): string | undefined {
  const { basicConstraints, keyUsage, version } = parent;
  const isNoAuthority = basicConstraints === undefined ? version === 3 : !basicConstraints.ca;
  if (isNoAuthority || (keyUsage !== undefined && keyUsage.length > 0 && !keyUsage.includes('keyCertSign')))
    return 'x509: invalid signature: parent certificate cannot sign this kind of certificate';
  if (child.scheme === undefined) return 'x509: cannot verify signature: algorithm unimplemented';
  if (child.scheme.insecure !== undefined)
    return `x509: cannot verify signature: insecure algorithm ${child.scheme.insecure}`;
  if (parent.publicKey.type === 'rsa' && parent.publicKey.bits < 1024)
    return `crypto/rsa: ${parent.publicKey.bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)`;
  if (parent.publicKey.type !== child.scheme.key)
    return `x509: signature algorithm specifies an ${KEY_NAMES[child.scheme.key]} public key, but have public key of type ${GO_TYPES[parent.publicKey.type]}`;
  if (signedBy(child, parent)) return undefined;
  return parent.publicKey.type === 'rsa'
    ? 'crypto/rsa: verification error'
    : 'x509: ECDSA verification failure';
}

function invalidity(
  certificate: CertificateView,
  chain: readonly CertificateView[],
  at: UnixTime,
): ChainFault | undefined {
  const { unhandledCritical, notBefore, notAfter, basicConstraints } = certificate;
  const fault = (kind: ChainFault['kind'], says: string): ChainFault => ({
    kind,
    says,
    culprit: certificate,
  });
  if (unhandledCritical.length > 0) return fault('extension', 'x509: unhandled critical extension');
  const expired = 'x509: certificate has expired or is not yet valid: current time';
  if (at < notBefore)
    return fault('time', `${expired} ${nearestTimeText(at)} is before ${nearestTimeText(notBefore)}`);
  if (at > notAfter)
    return fault('time', `${expired} ${nearestTimeText(at)} is after ${nearestTimeText(notAfter)}`);
  return basicConstraints?.pathLength !== undefined && chain.length - 1 > basicConstraints.pathLength
    ? fault('authority', 'x509: too many intermediates for path length constraint')
    : undefined;
}

function authorityFault(certificate: CertificateView): ChainFault | undefined {
  return certificate.basicConstraints?.ca === true
    ? undefined
    : {
        kind: 'authority',
        says: 'x509: certificate is not authorized to sign other certificates',
        culprit: certificate,
      };
}

/**
 * The certificate that asks for a policy that the chain below the root does not share (RFC 5280, 6.1). Mappings are ignored, so a
 * chain that needs them is refused; none has been seen with etcd.
 */
function policyCulprit(chain: readonly CertificateView[]): CertificateView | undefined {
  const below = chain.length === 1 ? chain : chain.slice(0, -1);
  const culprit = below.find(({ requiresPolicy }) => requiresPolicy);
  if (culprit === undefined) return undefined;
  const sets = below
    .map(({ policies = [] }) => new Set(policies))
    .filter((policies) => !policies.has(ANY_POLICY));
  const [first, ...rest] = sets;
  const isShared = first === undefined || [...first].some((policy) => rest.every((set) => set.has(policy)));
  return isShared ? undefined : culprit;
}

function allows(chain: readonly CertificateView[], usage: Usage): boolean {
  return chain.every((certificate) => permits(certificate, usage));
}

/** A certificate without the extension is good for everything (RFC 5280, 4.2.1.12). */
function permits({ extendedKeyUsage }: CertificateView, usage: Usage): boolean {
  if (extendedKeyUsage === undefined || extendedKeyUsage.length === 0) return true;
  return extendedKeyUsage.includes(OID[usage]) || extendedKeyUsage.includes(OID.anyExtendedKeyUsage);
}
