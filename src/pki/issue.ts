import type { ClusterSpec } from '../cluster-spec.js';
import type { CryptoProvider } from '../crypto/provider.js';
import { EtcdBundleError } from '../errors.js';
import { KEY_TABLE } from '../x509/key-algorithm.js';
import type { UnixTime } from '../x509/time.js';
import { type Authority, describeAuthority, type SigningAuthority } from './authority.js';
import type { AuthorityPlan, CertificatePlan, LeafPlan } from './certificate-plan.js';
import { extendAuthority } from './extend-authority.js';
import { freshKeys } from './fresh-keys.js';
import { inOrder } from './in-order.js';
import { issueAuthority } from './issue-authority.js';
import { issueLeaf } from './issue-leaf.js';
import type { IssuedAuthority, IssuedLeaf, Pki } from './pki.js';
import { drawToken, serialNumbers } from './random.js';
import { FIRST_LIST, type RevocationListPlan } from './revocation-list.js';
import type { IssuingTools } from './sign.js';
import { signRevocationList } from './sign-revocation-list.js';
import { issueTokenKeys } from './token-keys.js';
import type { TrustedAuthority } from './trusted-authority.js';

/**
 * What issuing needs from the outside.
 *
 * @public
 */
export interface IssueOptions {
  /** Makes the keys, signs, and draws serial numbers. */
  readonly crypto: CryptoProvider;
  /** Seconds since the epoch. */
  readonly now: UnixTime;
  /** Authorities that are there already, brought by the operator or made for an earlier bundle, by their id; the others are made. */
  readonly authorities?: Readonly<Partial<Record<AuthorityPlan['id'], Authority>>>;
  /** What `certificates.trust` names, read: {@link TrustedAuthority}. Needed where the document names any. */
  readonly trust?: readonly TrustedAuthority[];
  /** What an earlier bundle has and this one keeps: its token and token keys, and pairs that pass as they are where their plan is still asked for. */
  readonly kept?: Partial<Pick<Pki, 'token' | 'tokenKeys' | 'leaves'>>;
  /** For previews: the provider's keys may repeat and be of any size, because nothing made with them is put to use. */
  readonly standInKeys?: boolean;
  /** Called after each certificate. */
  readonly onIssued?: (done: number, total: number) => void;
  /** Ends the work between two certificates. */
  readonly signal?: AbortSignalLike;
}

/**
 * The part of an `AbortSignal` that issuing looks at.
 *
 * @public
 */
export interface AbortSignalLike {
  /** Whether the work is to end. */
  readonly aborted: boolean;
  /** Throws the reason where it is. */
  readonly throwIfAborted: () => void;
}

/**
 * A PKI whose authorities are made, and whose leaves come one after another in the order of their plans.
 *
 * @internal
 */
export interface Issuing extends Omit<Pki, 'leaves'> {
  readonly leaves: AsyncGenerator<IssuedLeaf, void, undefined>;
}

/** Leaves under way at a time: enough for RSA keys on all cores, and few enough that no cluster's keys are all in memory. */
const AHEAD = 64;
/** Of the other keys, which are made in microseconds. */
const AHEAD_OF_QUICK = 8;

/**
 * Draws keys and serial numbers and signs every certificate of a plan, but those that are kept. Nothing is signed that breaks a rule
 * of RFC 5280: each certificate is checked before the authority's key is used, and its signature after that.
 *
 * @throws EtcdBundleError `lint-failed`, `invalid-spec` where a leaf would bear its authority's name or further CAs are not given, or `invalid-authority` where a given
 * authority cannot sign what is planned; TypeError where the crypto provider is at fault
 * @example
 * ```ts
 * const crypto = nodeCryptoProvider();
 * const pki = await issuePki(spec, planCertificates(spec), { crypto, now });
 * pki.authorities.map(({ plan }) => plan.id); // => ['ca', 'peer-ca']
 *
 * const next = await issuePki(spec, planCertificates(spec), { crypto, now, kept: { token: pki.token } });
 * next.token === pki.token; // => true
 * ```
 * @public
 */
export async function issuePki(
  spec: ClusterSpec,
  plans: readonly CertificatePlan[],
  options: IssueOptions,
): Promise<Pki> {
  const { leaves, ...pki } = await startIssuing(spec, plans, options);
  const all: IssuedLeaf[] = [];
  for await (const leaf of leaves) all.push(leaf);
  return { ...pki, leaves: all };
}

/**
 * What a later generation makes besides leaves.
 *
 * @internal
 */
export interface LaterIssuing {
  /** Ids of given authorities that get another certificate with a later end. */
  readonly extended: ReadonlySet<string>;
  /** Lists that are signed, by the ids of their authorities; the others stay. */
  readonly lists: ReadonlyMap<string, RevocationListPlan>;
}

/**
 * The same, leaf by leaf, so that nobody need hold all keys of a cluster.
 *
 * @param later - absent for a new cluster, of which each authority gets its first list where members look into one
 * @internal
 */
export async function startIssuing(
  spec: ClusterSpec,
  plans: readonly CertificatePlan[],
  options: IssueOptions,
  later?: LaterIssuing,
): Promise<Issuing> {
  const { crypto, now, kept, onIssued, signal } = options;
  const trust = trustOf(spec, options);
  let done = 0;
  const report = (): void => {
    done += 1;
    onIssued?.(done, plans.length);
  };
  const { token } = spec.cluster;
  const keys = freshKeys(crypto, options.standInKeys ?? false);
  const tools = { crypto, now, spec, drawKeyPair: keys.draw, drawSerialNumber: serialNumbers(crypto) };
  const drawnToken = kept?.token ?? (token.type === 'fixed' ? token.value : drawToken(crypto));
  const signing = new Map<string, SigningAuthority>();
  const authorities: IssuedAuthority[] = [];
  for (const plan of plans.filter((one) => one.type === 'authority')) {
    const given = options.authorities?.[plan.id];
    const isExtended = later?.extended.has(plan.id) === true;
    const authority = await authorityOf(plan, given, isExtended, tools);
    if (given !== undefined) keys.remember(given.keyPair.publicKey);
    const sign = await crypto.importSigner(authority.keyPair);
    signing.set(plan.id, { authority, isGiven: given !== undefined, sign });
    const described = describeAuthority(
      plan,
      authority,
      given === undefined || isExtended ? 'issued' : 'given',
    );
    const list = later === undefined ? FIRST_LIST : later.lists.get(plan.id);
    authorities.push(
      plan.revocationFile === undefined || list === undefined
        ? described
        : {
            ...described,
            revocationList: await signRevocationList(authority, list, {
              crypto,
              now,
              validity: spec.certificates.validity.leaf,
            }),
          },
    );
    report();
  }
  const keptLeaves = new Map(kept?.leaves?.map((leaf) => [leaf.plan.id, leaf]));
  for (const { publicKey } of keptLeaves.values()) keys.remember(publicKey);
  const issueOne = async (plan: LeafPlan): Promise<IssuedLeaf> => {
    signal?.throwIfAborted();
    const leaf = keptLeaves.get(plan.id) ?? (await issueLeaf(plan, signerOf(plan, signing), tools));
    report();
    return leaf;
  };
  const tokenKeys = kept?.tokenKeys ?? (await issueTokenKeys(spec, crypto, keys.draw));
  const leafPlans = plans.filter((plan) => plan.type === 'leaf');
  return {
    token: drawnToken,
    authorities,
    leaves: inOrder(leafPlans, leafPlans.some(isSlow) ? AHEAD : AHEAD_OF_QUICK, issueOne),
    ...(trust.length === 0 ? {} : { trust }),
    ...(tokenKeys === undefined ? {} : { tokenKeys }),
  };
}

async function authorityOf(
  plan: AuthorityPlan,
  given: Authority | undefined,
  isExtended: boolean,
  tools: IssuingTools,
): Promise<Authority> {
  if (given === undefined) return issueAuthority(plan, tools);
  return isExtended ? extendAuthority(plan, given, tools) : given;
}

function isSlow({ key }: LeafPlan): boolean {
  return KEY_TABLE[key].type === 'rsa';
}

/** Without them the file of trusted CAs would hold the cluster's own alone, and nobody would notice before a client is refused. */
function trustOf({ certificates }: ClusterSpec, { trust = [] }: IssueOptions): readonly TrustedAuthority[] {
  if (certificates.trust === undefined) return [];
  if (trust.length > 0) return trust;
  throw new EtcdBundleError('invalid-spec', [
    {
      code: 'trust-not-read',
      path: 'certificates.trust',
      message: 'The certificates of further CAs are not read here.',
      cure: 'Pass them as trust, as readTrust of etcd-bundle/node reads them, or remove certificates.trust.',
    },
  ]);
}

function signerOf(plan: LeafPlan, signing: ReadonlyMap<string, SigningAuthority>): SigningAuthority {
  const signer = signing.get(plan.authority);
  if (signer === undefined)
    throw new TypeError(`${plan.id} is planned under an authority that is not planned`);
  return signer;
}
