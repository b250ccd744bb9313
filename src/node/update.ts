import { join, resolve } from 'node:path';
import type { BundleFile } from '../bundle/generate.js';
import type { BundleAuthorities, BundleState } from '../bundle/state.js';
import { EtcdBundleError } from '../errors.js';
import type { IssueOptions } from '../pki/issue.js';
import { renderUpdate } from '../plan/render-update.js';
import type { Update } from '../plan/update.js';
import { archiveBundle } from './archive.js';
import { MANIFEST_NAME } from './read/bundle.js';
import { readBundleAuthorities } from './read/bundle-authorities.js';
import { readBytes } from './read/read-bytes.js';
import { sha256Of } from './sha256.js';
import { version } from './version.js';
import { type FileSystem, nodeFileSystem } from './write/file-system.js';
import { type OutputResult, writeOutputWith } from './write/output.js';
import type { OutputSignal } from './write/until-aborted.js';

/**
 * How the next generation of a bundle is written.
 *
 * @public
 */
export interface WriteUpdateOptions extends Pick<IssueOptions, 'crypto' | 'now' | 'onIssued'> {
  /** Folder to write, new or empty; absent: the bundle's own, and the former one is set aside as `<folder>.previous-<n>`. */
  readonly out?: string;
  /** Ends the work and leaves everything as it was, up to the moment at which the folder is put in its place. */
  readonly signal?: OutputSignal & NonNullable<IssueOptions['signal']>;
}

const MAX_AUTHORITY_BYTES = 2 ** 20;
const MAX_MANIFEST_BYTES = 256 * 2 ** 20;

/**
 * Writes the next generation of a bundle: whatever happens, the folder holds the former one or the new one, whole.
 *
 * @param folder - of the bundle, as for {@link readBundle}
 * @param state - what {@link readBundle} read there
 * @throws EtcdBundleError `invalid-authority` where an authority cannot sign what the update issues, `output-refused` where the folder must not be
 * overwritten or another run was faster, `system` where the machine fails
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const update = planRenewal(state, { now, policy: { type: 'all' } });
 * const { directory } = await writeUpdate('bundle', state, update, { crypto: nodeCryptoProvider(), now });
 * console.log(directory);
 * ```
 * @public
 */
export async function writeUpdate(
  folder: string,
  state: BundleState,
  update: Update,
  options: WriteUpdateOptions,
): Promise<OutputResult> {
  return writeUpdateWith(nodeFileSystem, folder, state, update, options);
}

/**
 * {@link writeUpdate} on a given file system.
 *
 * @internal
 */
export async function writeUpdateWith(
  fs: FileSystem,
  folder: string,
  state: BundleState,
  update: Update,
  options: WriteUpdateOptions,
): Promise<OutputResult> {
  const path = resolve(folder);
  const { out, signal, ...issuing } = options;
  const isInPlace = out === undefined || resolve(out) === path;
  const files = async function* (): AsyncGenerator<BundleFile, void, undefined> {
    // The folder is held by now: what is replaced is what was read, or another run has replaced it.
    if (isInPlace) await refuseOther(path, state);
    yield* renderUpdate(state, update, {
      ...issuing,
      ...(signal === undefined ? {} : { signal }),
      authorities: await authoritiesFor(path, state, update, options.now),
      authorityFiles: await readAuthorityFolder(path, state),
      generator: `etcd-bundle ${version}`,
      archive: archiveBundle,
    });
  };
  return writeOutputWith(fs, out ?? path, files(), { force: isInPlace, signal });
}

async function refuseOther(folder: string, { sha256 }: BundleState): Promise<void> {
  const bytes = await readBytes(join(folder, MANIFEST_NAME), MAX_MANIFEST_BYTES);
  const isSame = bytes instanceof Uint8Array && sha256Of(bytes) === sha256;
  if (isSame) return;
  throw new EtcdBundleError('output-refused', [
    {
      code: 'output-raced',
      path: folder,
      message: 'Another run has written the next generation meanwhile.',
      cure: 'Run the command again: it begins with what is there now.',
    },
  ]);
}

/** Where nothing is issued, the keys may be elsewhere. */
async function authoritiesFor(
  folder: string,
  state: BundleState,
  { certificates }: Update,
  now: number,
): Promise<BundleAuthorities> {
  return certificates.length === 0 ? {} : readBundleAuthorities(folder, state, now);
}

/** The folder `ca` passes as it is, with whatever of it is there. */
async function readAuthorityFolder(
  folder: string,
  { manifest }: BundleState,
): Promise<readonly BundleFile[]> {
  const files: BundleFile[] = [];
  for (const { id } of manifest.authorities) {
    if (!/^[a-z-]+$/.test(id)) continue;
    for (const [suffix, mode] of [
      ['key', 0o600],
      ['crt', 0o644],
    ] as const) {
      const path = `ca/${id}.${suffix}`;
      const bytes = await readBytes(join(folder, path), MAX_AUTHORITY_BYTES);
      if (bytes instanceof Uint8Array) files.push({ path, mode, bytes });
    }
  }
  return files;
}
