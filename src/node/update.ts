import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BundleFile, packWhole } from '../bundle/generate.js';
import type { BundleAuthorities, BundleState } from '../bundle/state.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import type { IssueOptions } from '../pki/issue.js';
import { renderUpdateFiles } from '../plan/render-update.js';
import { madeIn, neededAuthorities, rotatedIn, signingAuthority } from '../plan/rotated-authorities.js';
import { secondSuffix } from '../plan/rotation.js';
import type { Update } from '../plan/update.js';
import { isWithin } from '../text/path.js';
import { decodePem } from '../x509/read/pem.js';
import { isEncryptedKey } from '../x509/read/private-key.js';
import { archiveBundle } from './archive.js';
import { PASSPHRASE_CURE } from './authority.js';
import { sealPrivateKey } from './crypto/seal-private-key.js';
import { packWithPrograms } from './programs/pack-programs.js';
import type { ReleasePrograms } from './programs/release-archives.js';
import { findManifest, manifestBytes } from './read/bundle.js';
import {
  foreignAuthorityFile,
  readWantedAuthorities,
  type WantedAuthority,
} from './read/bundle-authorities.js';
import { readBundleFile } from './read/bundle-file.js';
import { sha256Of } from './sha256.js';
import { version } from './version.js';
import { type FileSystem, nodeFileSystem } from './write/file-system.js';
import { type OutputResult, writeOutputWith } from './write/output.js';
import type { StreamedOutputFile } from './write/output-file.js';
import { outputRefused } from './write/refused.js';
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
  /** What `planUpdate` was given, which the caller closes once the bundle is written; absent where the update brings none. */
  readonly programs?: ReleasePrograms;
  /** Of the CA keys in `ca/` that are encrypted, and of those that are made; absent: an update that needs or makes any is refused by them. */
  readonly caPassphrase?: string;
}

const MAX_AUTHORITY_BYTES = 2 ** 20;

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
  const { out, signal, programs, caPassphrase, ...issuing } = options;
  const members = new Map(update.spec.members.map((member) => [member.name, member]));
  const isInPlace = out === undefined || resolve(out) === path;
  if (!isInPlace) refuseAround(path, out);
  const files = async function* (): AsyncGenerator<BundleFile | StreamedOutputFile, void, undefined> {
    // The folder is held by now: what is replaced is what was read, or another run has replaced it.
    if (isInPlace) await refuseOther(path, state);
    const authorityFiles = await readAuthorityFolder(path, state);
    if (caPassphrase === undefined) refuseUnsealed(state, update, authorityFiles);
    const rendering = {
      ...issuing,
      ...(signal === undefined ? {} : { signal }),
      authorities: await authoritiesFor(path, state, update, options),
      authorityFiles,
      ...(caPassphrase === undefined
        ? {}
        : { sealAuthorityKey: (key: string) => sealPrivateKey(key, caPassphrase) }),
      generator: `etcd-bundle ${version}`,
    };
    yield* renderUpdateFiles<BundleFile | StreamedOutputFile>(state, update, rendering, (bundle, placed) => {
      const member = members.get(bundle.name);
      if (placed.length === 0 || member === undefined)
        return packWhole(bundle, archiveBundle, options.crypto);
      if (programs === undefined) throw new TypeError('the programs that the update brings are not given');
      const names = new Set(placed.map(({ program }) => program));
      const packed = programs.of(member).filter(({ name }) => names.has(name));
      return packWithPrograms(bundle, update.spec.etcd, packed);
    });
  };
  return writeOutputWith(fs, out ?? path, files(), { force: isInPlace, isChecked: isInPlace, signal });
}

/** What is at the bundle's own place, or above it, by whatever name. */
function refuseAround(folder: string, out: string): void {
  const bundle = canonicalPath(folder) ?? folder;
  const target = canonicalPath(out);
  if (target === undefined || !isWithin(bundle, target === '/' ? '' : target)) return;
  throw outputRefused(
    'output-in-bundle',
    out,
    target === bundle ? 'It is the bundle itself.' : `It holds the bundle ${bundle}.`,
    'Choose another folder; without --out the new generation takes the place of the bundle, which is kept.',
  );
}

function canonicalPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

async function refuseOther(folder: string, { manifest, sha256 }: BundleState): Promise<void> {
  const bytes = await manifestBytes(folder);
  if (bytes !== undefined && sha256Of(bytes) === sha256) return;
  const found = await findManifest(folder);
  const isNext =
    found.type === 'manifest' &&
    found.manifest.cluster.token === manifest.cluster.token &&
    found.manifest.generation > manifest.generation;
  if (isNext)
    throw outputRefused(
      'output-raced',
      folder,
      'Another run has written the next generation meanwhile.',
      'Run the command again: it begins with what is there now.',
    );
  throw outputRefused(
    'output-raced',
    folder,
    'Another run has put something else in the place of the bundle meanwhile, and set the bundle aside.',
    `Look at what is there now; the bundle is in ${folder}.previous-<n>, and can be named there.`,
  );
}

/** Those that nothing is issued with may be elsewhere. */
async function authoritiesFor(
  folder: string,
  { manifest }: BundleState,
  update: Update,
  { now, caPassphrase }: Pick<WriteUpdateOptions, 'now' | 'caPassphrase'>,
): Promise<BundleAuthorities> {
  const { plans } = update;
  const needed = neededAuthorities(update);
  const made = madeIn(manifest, update);
  const moves = new Map(rotatedIn(manifest, update).map(({ id, move }) => [id, move]));
  const wanted = plans.flatMap((plan): readonly WantedAuthority[] => {
    if (plan.type !== 'authority' || !needed.has(plan.id) || made.has(plan.id)) return [];
    const authority = manifest.authorities.find(({ id }) => id === plan.id);
    return [
      {
        id: plan.id,
        ...(authority === undefined
          ? { name: plan.id, certificate: undefined }
          : signingAuthority(authority, moves.get(plan.id))),
      },
    ];
  });
  return readWantedAuthorities(folder, wanted, now, caPassphrase);
}

/** A new CA's key lies as the others do: in the clear beside keys under a passphrase it would be found by nobody who looks for it. */
function refuseUnsealed({ manifest }: BundleState, update: Update, files: readonly BundleFile[]): void {
  if (madeIn(manifest, update).size === 0) return;
  const sealed = files.filter(({ bytes }) => decodePem(bytes).some(isEncryptedKey));
  if (sealed.length === 0) return;
  throw new EtcdBundleError(
    'invalid-authority',
    sealed.map(({ path }) => ({
      code: 'encrypted-authority-key',
      path,
      message: 'The key is encrypted, and that of the new CA would not be.',
      cure: PASSPHRASE_CURE,
    })),
  );
}

/** The folder `ca` passes with whatever of it is there. */
async function readAuthorityFolder(
  folder: string,
  { manifest }: BundleState,
): Promise<readonly BundleFile[]> {
  const files: BundleFile[] = [];
  const issues: Issue[] = [];
  const names = manifest.authorities.flatMap(({ id, phase }) => {
    const suffix = secondSuffix(phase);
    return suffix === undefined ? [id] : [id, `${id}.${suffix}`];
  });
  for (const name of names) {
    for (const [suffix, mode] of [
      ['crt', 0o644],
      ['key', 0o600],
    ] as const) {
      const path = `ca/${name}.${suffix}`;
      const bytes = await readBundleFile(folder, path, MAX_AUTHORITY_BYTES);
      if (typeof bytes === 'string') issues.push(foreignAuthorityFile(join(folder, path), bytes));
      else if (bytes !== undefined) files.push({ path, mode, bytes });
    }
  }
  if (issues.length > 0) throw new EtcdBundleError('invalid-authority', issues);
  return files;
}
