import type { ClusterSpec } from '../cluster-spec.js';
import type { CryptoProvider, KeyPair, Signer } from '../crypto/provider.js';
import { EtcdBundleError } from '../errors.js';
import { hexadecimal } from '../text/hexadecimal.js';
import { signatureAlgorithmOf } from '../x509/algorithm-identifier.js';
import { type CertificateContents, encodeCertificate, encodeTbsCertificate } from '../x509/certificate.js';
import { encodeName, formatDistinguishedName } from '../x509/distinguished-name.js';
import { lintCertificate } from '../x509/lint/lint-certificate.js';
import type { CertificateIssuer } from '../x509/lint/rule.js';
import { encodePem } from '../x509/pem.js';
import { deriveKeyIdentifier } from '../x509/subject-key-identifier.js';
import type { UnixTime } from '../x509/time.js';
import type { Authority } from './authority.js';
import type { AuthorityPlan, CertificatePlan, LeafPlan, PlannedContents } from './certificate-plan.js';
import type { IssuedAuthority, IssuedLeaf, Pki } from './pki.js';
import { drawToken, serialNumbers } from './random.js';
import { leafNotAfter } from './validity.js';

/** kubeadm's CertificateBackdate: hosts whose clocks are a little behind accept the certificate at once. */
const BACKDATE_SECONDS = 300;

/**
 * What issuing needs from the outside.
 *
 * @public
 */
export interface IssueOptions {
  readonly crypto: CryptoProvider;
  /** Seconds since the epoch. */
  readonly now: UnixTime;
  /** Authorities that the operator supplied, by id; the others are made. */
  readonly authorities?: Readonly<Partial<Record<AuthorityPlan['id'], Authority>>>;
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
  readonly aborted: boolean;
  readonly throwIfAborted: () => void;
}

/**
 * Draws keys and serial numbers and signs every certificate of a plan. Nothing is signed that breaks a rule of RFC 5280: each
 * certificate is checked before the authority's key is used.
 *
 * @throws EtcdBundleError `lint-failed`, or `invalid-authority` if a supplied authority cannot sign what is planned
 * @public
 */
export async function issuePki(
  spec: ClusterSpec,
  plans: readonly CertificatePlan[],
  options: IssueOptions,
): Promise<Pki> {
  const { crypto, onIssued, signal } = options;
  let done = 0;
  const report = (): void => {
    done += 1;
    onIssued?.(done, plans.length);
  };
  const token = spec.cluster.token.type === 'fixed' ? spec.cluster.token.value : drawToken(crypto);
  const drawSerialNumber = serialNumbers(crypto);
  const authorityPlans = plans.filter((plan) => plan.type === 'authority');
  const leafPlans = plans.filter((plan) => plan.type === 'leaf');
  const signing = new Map<string, SigningAuthority>();
  const authorities: IssuedAuthority[] = [];
  for (const plan of authorityPlans) {
    const given = options.authorities?.[plan.id];
    const authority = given ?? (await issueAuthority(plan, spec, options, drawSerialNumber));
    signing.set(plan.id, { authority, sign: await crypto.importSigner(authority.keyPair) });
    authorities.push(describeAuthority(plan, authority, given === undefined ? 'issued' : 'given'));
    report();
  }
  const leaves = await Promise.all(
    leafPlans.map(async (plan) => {
      signal?.throwIfAborted();
      const signer = signing.get(plan.authority);
      if (signer === undefined)
        throw new TypeError(`${plan.id} is planned under an authority that is not planned`);
      const leaf = await issueLeaf(plan, signer, spec, options, drawSerialNumber);
      report();
      return leaf;
    }),
  );
  return { token, authorities, leaves };
}

interface SigningAuthority {
  readonly authority: Authority;
  readonly sign: Signer;
}

async function issueAuthority(
  plan: AuthorityPlan,
  spec: ClusterSpec,
  { crypto, now }: IssueOptions,
  drawSerialNumber: () => Uint8Array,
): Promise<Authority> {
  const keyPair = await crypto.generateKeyPair(plan.key);
  const subjectKeyIdentifier = await deriveKeyIdentifier(keyPair.publicKey, crypto.digest);
  const serialNumber = drawSerialNumber();
  const validity = { notBefore: now - BACKDATE_SECONDS, notAfter: now + plan.validity };
  const contents: CertificateContents = {
    ...commonContents(plan, keyPair),
    serialNumber,
    signatureAlgorithm: signatureAlgorithmOf(plan.key),
    issuer: plan.subject,
    validity,
    basicConstraints: { ca: true, ...(plan.pathLength === undefined ? {} : { pathLength: plan.pathLength }) },
    subjectKeyIdentifier,
  };
  refuseLint(contents, 'self', plan, spec);
  const certificateDer = await signCertificate(contents, await crypto.importSigner(keyPair));
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
    serialNumber: hexadecimal(serialNumber),
    ...validity,
    keyPair,
  };
}

async function issueLeaf(
  plan: LeafPlan,
  { authority, sign }: SigningAuthority,
  spec: ClusterSpec,
  { crypto, now }: IssueOptions,
  drawSerialNumber: () => Uint8Array,
): Promise<IssuedLeaf> {
  // Before the key, which comes when it comes: leaves are issued side by side, and each has its own place in the serial source.
  const serialNumber = drawSerialNumber();
  const keyPair = await crypto.generateKeyPair(plan.key);
  const notAfter = leafNotAfter(now + plan.validity, authority.notAfter, plan, spec);
  const validity = { notBefore: Math.max(now - BACKDATE_SECONDS, authority.notBefore), notAfter };
  const contents: CertificateContents = {
    ...commonContents(plan, keyPair),
    serialNumber,
    signatureAlgorithm: signatureAlgorithmOf(authority.keyPair.algorithm),
    issuer: { der: authority.subjectDer },
    validity,
    basicConstraints: { ca: false },
    authorityKeyIdentifier: authority.subjectKeyIdentifier,
  };
  refuseLint(contents, asIssuer(authority), plan, spec);
  const certificateDer = await signCertificate(contents, sign);
  return {
    plan,
    certificate: encodePem('CERTIFICATE', certificateDer),
    certificateDer,
    privateKey: privateKeyPem(keyPair),
    subject: formatDistinguishedName(plan.subject),
    issuer: authority.subject,
    serialNumber: hexadecimal(serialNumber),
    ...validity,
  };
}

function describeAuthority(
  plan: AuthorityPlan,
  authority: Authority,
  origin: IssuedAuthority['origin'],
): IssuedAuthority {
  const {
    subjectDer,
    subjectKeyIdentifier,
    altNames,
    keyUsage,
    pathLength,
    nameConstraints,
    keyPair,
    ...described
  } = authority;
  return {
    ...described,
    plan: { ...plan, altNames, keyUsage, key: keyPair.algorithm },
    origin,
    privateKey: privateKeyPem(keyPair),
  };
}

type CommonContents = Pick<
  CertificateContents,
  'subject' | 'subjectPublicKeyInfo' | 'keyUsage' | 'extendedKeyUsage' | 'altNames'
>;

function commonContents(plan: PlannedContents, keyPair: KeyPair): CommonContents {
  const { subject, keyUsage, extendedKeyUsage, altNames } = plan;
  return { subject, subjectPublicKeyInfo: keyPair.publicKey, keyUsage, extendedKeyUsage, altNames };
}

function refuseLint(
  contents: CertificateContents,
  issuer: CertificateIssuer | 'self',
  plan: CertificatePlan,
  spec: ClusterSpec,
): void {
  const issues = lintCertificate(contents, issuer, { path: plan.id, usages: spec.certificates.usages });
  if (issues.length > 0) throw new EtcdBundleError('lint-failed', issues);
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

async function signCertificate(contents: CertificateContents, sign: Signer): Promise<Uint8Array> {
  const tbs = encodeTbsCertificate(contents);
  return encodeCertificate(tbs, contents.signatureAlgorithm, await sign(tbs));
}

function privateKeyPem({ algorithm, privateKey }: KeyPair): string {
  return encodePem(algorithm.startsWith('rsa') ? 'RSA PRIVATE KEY' : 'EC PRIVATE KEY', privateKey);
}
