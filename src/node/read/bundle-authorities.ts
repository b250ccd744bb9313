import { join, resolve } from 'node:path';
import type { ManifestAuthorityCertificate } from '../../bundle/manifest/manifest.js';
import type { BundleAuthorities, BundleState } from '../../bundle/state.js';
import { EtcdBundleError, type Issue, isEtcdBundleError } from '../../errors.js';
import type { Authority } from '../../pki/authority.js';
import type { AuthorityPlan } from '../../pki/certificate-plan.js';
import { planAuthorities } from '../../pki/plan.js';
import type { UnixTime } from '../../x509/time.js';
import { readAuthority } from '../authority.js';
import { sha256Of } from '../sha256.js';
import { readBundleFile } from './bundle-file.js';

const FOLDER = 'ca';
const MAX_BYTES = 2 ** 20;

/**
 * Reads the authorities of a bundle with their keys from its folder `ca`, which may have been kept elsewhere and is put back for this.
 *
 * @param folder - of the bundle, as for {@link readBundle}
 * @param state - what {@link readBundle} read there
 * @param now - seconds since the epoch
 * @param passphrase - of the keys that are encrypted; absent: they are refused
 * @throws EtcdBundleError `invalid-authority` with everything that keeps any of them from signing: a file that is missing, a key that is
 * another's or that the passphrase does not open, a certificate that the manifest does not know or that has expired
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const authorities = await readBundleAuthorities('bundle', state, now);
 * const { token } = state.manifest.cluster;
 * const options = { crypto: nodeCryptoProvider(), now, authorities, kept: { token } };
 * const pki = await issuePki(state.spec, planCertificates(state.spec), options);
 * ```
 * @public
 */
export async function readBundleAuthorities(
  folder: string,
  { manifest, spec }: BundleState,
  now: UnixTime,
  passphrase?: string,
): Promise<BundleAuthorities> {
  const wanted = planAuthorities(spec).map(({ id }): WantedAuthority => {
    const [certificate] = manifest.authorities.find((authority) => authority.id === id)?.certificates ?? [];
    return { id, name: id, certificate };
  });
  return readWantedAuthorities(folder, wanted, now, passphrase);
}

/**
 * A CA, by the name of its files in the folder `ca`.
 *
 * @internal
 */
export interface WantedAuthority {
  readonly id: AuthorityPlan['id'];
  readonly name: string;
  /** That the manifest has of it. */
  readonly certificate: ManifestAuthorityCertificate | undefined;
}

/**
 * {@link readBundleAuthorities} of some of them.
 *
 * @internal
 */
export async function readWantedAuthorities(
  folder: string,
  wanted: readonly WantedAuthority[],
  now: UnixTime,
  passphrase: string | undefined,
): Promise<BundleAuthorities> {
  const issues: Issue[] = [];
  const authorities = new Map<AuthorityPlan['id'], Authority>();
  const path = resolve(folder);
  for (const one of wanted) {
    const { id } = one;
    const read = await readOne(path, one, now, passphrase);
    if ('issues' in read) for (const issue of read.issues) issues.push(issue);
    else authorities.set(id, read.authority);
  }
  if (issues.length > 0) throw new EtcdBundleError('invalid-authority', issues);
  return Object.fromEntries(authorities);
}

type ReadAuthority = { readonly authority: Authority } | { readonly issues: readonly Issue[] };

async function readOne(
  folder: string,
  { id, name, certificate: described }: WantedAuthority,
  now: UnixTime,
  passphrase: string | undefined,
): Promise<ReadAuthority> {
  const [certificatePath, keyPath] = [join(FOLDER, `${name}.crt`), join(FOLDER, `${name}.key`)];
  const files = { certificate: join(folder, certificatePath), key: join(folder, keyPath) };
  const certificate = await readBundleFile(folder, certificatePath, MAX_BYTES);
  const key = await readBundleFile(folder, keyPath, MAX_BYTES);
  if (!(certificate instanceof Uint8Array) || !(key instanceof Uint8Array)) {
    const missing = [
      ...(certificate instanceof Uint8Array ? [] : [{ path: files.certificate, why: certificate }]),
      ...(key instanceof Uint8Array ? [] : [{ path: files.key, why: key }]),
    ];
    const cure = name.endsWith('.former') ? WITHOUT_FORMER : undefined;
    return { issues: missing.map((file) => missingIssue(file.path, file.why, cure)) };
  }
  try {
    const keyPem = new TextDecoder().decode(key);
    key.fill(0);
    const certificatePem = new TextDecoder().decode(certificate);
    const authority = await readAuthority(certificatePem, keyPem, id, now, passphrase);
    return sha256Of(authority.certificateDer) === described?.fingerprint
      ? { authority }
      : { issues: [changedIssue(files.certificate)] };
  } catch (error) {
    if (!isEtcdBundleError(error) || error.code === 'system') throw error;
    return { issues: error.issues.map((issue) => inBundle(issue, files)) };
  }
}

/** Hosts have their former pairs themselves, where the runbook's commands have saved them. */
const WITHOUT_FORMER =
  'Put it back for this command, or take back each step of RUNBOOK.md, and put the former bundle in the place of this one.';

function missingIssue(
  path: string,
  why: string | undefined,
  cure = 'Put the folder ca back beside bundle.json for this command.',
): Issue {
  return why === undefined
    ? {
        code: 'authority-missing',
        path,
        message: 'It is not there, and nothing can be issued without it.',
        cure,
      }
    : foreignAuthorityFile(path, why);
}

/**
 * What stands in the place of an authority's file and is not one.
 *
 * @internal
 */
export function foreignAuthorityFile(path: string, why: string): Issue {
  return {
    code: 'authority-missing',
    path,
    message: `${why.slice(0, -1)}, and no file of the bundle.`,
    cure: 'Put the folder ca itself back beside bundle.json, with the files that were written there.',
  };
}

function changedIssue(path: string): Issue {
  return {
    code: 'bundle-changed',
    path,
    message: 'It is not the certificate of the CA that bundle.json describes, and hosts trust that one.',
    cure: "Put back the CA's own certificate and key.",
  };
}

/** An authority that a document names can be exchanged for another; the one of a running cluster cannot. */
function inBundle(
  { code, path, message, cure }: Issue,
  files: { readonly certificate: string; readonly key: string },
): Issue {
  const isKey = path.endsWith('.key');
  return {
    code,
    path: isKey ? files.key : files.certificate,
    message,
    cure: CURES[code] ?? cure,
  };
}

const CURES: Partial<Record<Issue['code'], string>> = {
  'authority-expired':
    'Make another CA with rotate-ca; where the cluster is down, all at once with rotate-ca --at-once.',
  'authority-key-mismatch': "Put back the CA's own certificate and key.",
};
