import { join, resolve } from 'node:path';
import type { ManifestAuthority } from '../../bundle/manifest/manifest.js';
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
 * @throws EtcdBundleError `invalid-authority` with everything that keeps any of them from signing: a file that is missing, a key that is
 * encrypted or another's, a certificate that the manifest does not know or that has expired
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
): Promise<BundleAuthorities> {
  const issues: Issue[] = [];
  const authorities = new Map<AuthorityPlan['id'], Authority>();
  const path = resolve(folder);
  for (const { id } of planAuthorities(spec)) {
    const described = manifest.authorities.find((authority) => authority.id === id);
    const read = await readOne(path, id, described, now);
    if ('issues' in read) for (const issue of read.issues) issues.push(issue);
    else authorities.set(id, read.authority);
  }
  if (issues.length > 0) throw new EtcdBundleError('invalid-authority', issues);
  return Object.fromEntries(authorities);
}

type ReadAuthority = { readonly authority: Authority } | { readonly issues: readonly Issue[] };

async function readOne(
  folder: string,
  id: AuthorityPlan['id'],
  described: ManifestAuthority | undefined,
  now: UnixTime,
): Promise<ReadAuthority> {
  const [certificatePath, keyPath] = [join(FOLDER, `${id}.crt`), join(FOLDER, `${id}.key`)];
  const files = { certificate: join(folder, certificatePath), key: join(folder, keyPath) };
  const certificate = await readBundleFile(folder, certificatePath, MAX_BYTES);
  const key = await readBundleFile(folder, keyPath, MAX_BYTES);
  if (!(certificate instanceof Uint8Array) || !(key instanceof Uint8Array)) {
    const missing = [
      ...(certificate instanceof Uint8Array ? [] : [{ path: files.certificate, why: certificate }]),
      ...(key instanceof Uint8Array ? [] : [{ path: files.key, why: key }]),
    ];
    return { issues: missing.map((file) => missingIssue(file.path, file.why)) };
  }
  try {
    const keyPem = new TextDecoder().decode(key);
    key.fill(0);
    const authority = await readAuthority(new TextDecoder().decode(certificate), keyPem, id, now);
    const [signing] = described?.certificates ?? [];
    return sha256Of(authority.certificateDer) === signing?.fingerprint
      ? { authority }
      : { issues: [changedIssue(files.certificate)] };
  } catch (error) {
    if (!isEtcdBundleError(error) || error.code === 'system') throw error;
    return { issues: error.issues.map((issue) => inBundle(issue, files)) };
  }
}

function missingIssue(path: string, why: string | undefined): Issue {
  return why === undefined
    ? {
        code: 'authority-missing',
        path,
        message: 'It is not there, and nothing can be issued without it.',
        cure: 'Put the folder ca back beside bundle.json for this command.',
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
    'Make a new bundle of the document with generate, and install it on all hosts together.',
  'authority-key-mismatch': "Put back the CA's own certificate and key.",
};
