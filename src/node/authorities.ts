import type { AuthorityFiles, ClusterSpec } from '../cluster-spec.js';
import { EtcdBundleError, type Issue, isEtcdBundleError } from '../errors.js';
import type { Authority } from '../pki/authority.js';
import type { IssueOptions } from '../pki/issue.js';
import { readAuthorityFiles } from './read/document.js';

/**
 * Reads the authorities that a document names, to be passed to issuePki.
 *
 * @param folder - what the paths in the document are relative to
 * @param now - seconds since the epoch
 * @param passphrase - of the keys that are encrypted; absent: they are refused
 * @throws EtcdBundleError `invalid-authority` with everything that is wrong with any of them, or `system`
 * @example
 * ```ts
 * const { text, folder } = await readDocument('cluster.yaml');
 * const spec = parseClusterDocument(text);
 * const authorities = await readAuthorities(spec, folder, now);
 * const pki = await issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now, authorities });
 * ```
 * @public
 */
export async function readAuthorities(
  { certificates: { ca, peerCa } }: ClusterSpec,
  folder: string,
  now: number,
  passphrase?: string,
): Promise<NonNullable<IssueOptions['authorities']>> {
  const issues: Issue[] = [];
  const read = async (files: AuthorityFiles | undefined, path: string): Promise<Authority | undefined> => {
    if (files === undefined) return undefined;
    try {
      return await readOne(files, folder, path, now, passphrase);
    } catch (error) {
      if (!isEtcdBundleError(error) || error.code === 'system') throw error;
      for (const issue of error.issues) issues.push(issue);
      return undefined;
    }
  };
  const client = await read(ca, 'certificates.ca');
  const peer = await read(peerCa, 'certificates.peerCa');
  if (issues.length > 0) throw new EtcdBundleError('invalid-authority', issues);
  return {
    ...(client === undefined ? {} : { ca: client }),
    ...(peer === undefined ? {} : { 'peer-ca': peer }),
  };
}

async function readOne(
  files: AuthorityFiles,
  folder: string,
  path: string,
  now: number,
  passphrase: string | undefined,
): Promise<Authority> {
  const { certificate, key } = await readAuthorityFiles(files, folder, path);
  const { readAuthority } = await import('./authority.js');
  const keyPem = new TextDecoder().decode(key);
  key.fill(0);
  return readAuthority(new TextDecoder().decode(certificate), keyPem, path, now, passphrase);
}
