import { isAbsolute, join, parse, resolve } from 'node:path';
import { systemErrorCode } from '../system-error.js';
import type { FileStatus } from './file-status.js';
import type { FileSystem } from './file-system.js';
import type { OpenFolder } from './open-folder.js';
import { isOwnOrRoots, isWritableByOthers } from './own.js';
import { atPath, type PinnedFileSystem, pinFolders } from './pinned.js';
import { outputRefused } from './refused.js';

/**
 * Where the output folder is or shall be.
 *
 * @internal
 */
export interface OutputPlace {
  /** Holds the folder that it is in, or the last one above it that exists. */
  readonly fs: PinnedFileSystem;
  /** Without links. */
  readonly path: string;
  /** Folders above that have to be made, the outermost first. */
  readonly missing: readonly string[];
}

type Found = Omit<OutputPlace, 'fs'>;

interface Step {
  readonly path: string;
  readonly folder: OpenFolder;
}

/** As many as the kernel follows (path_resolution(7)). */
const MAX_LINKS = 40;
const STICKY = 0o1000;

/**
 * Goes to the place of the output folder from the root on, one open folder after another, so that nobody can lead a run elsewhere who may
 * write to a folder on the way. Only links of this user's and root's are followed. Where folders cannot be held, one that another user may
 * change is refused, as sshd(8) does with StrictModes.
 *
 * @throws EtcdBundleError `output-refused`
 * @internal
 */
export async function findPlace(fs: FileSystem, directory: string): Promise<OutputPlace> {
  const steps: Step[] = [];
  try {
    const found = await walk(fs, directory, steps);
    const pinned = pinFolders(fs);
    const above = steps.pop();
    if (above !== undefined) pinned.adopt(above.path, above.folder);
    return { fs: pinned, ...found };
  } finally {
    await close(steps);
  }
}

/** @param steps - the open folders on the way; in the end the last is the one to hold */
async function walk(fs: FileSystem, directory: string, steps: Step[]): Promise<Found> {
  const start = resolve(directory);
  let here = await enter(fs, steps, parse(start).root);
  const rest = segmentsOf(start).reverse();
  let links = 0;
  /** Segments that follow the link that the walk is in. */
  let behindLink = Number.POSITIVE_INFINITY;
  for (let segment = rest.pop(); segment !== undefined; segment = rest.pop()) {
    if (segment === '.') continue;
    if (segment === '..') {
      if (steps.length > 1) await close(steps.splice(-1));
      here = steps.at(-1) ?? here;
      continue;
    }
    const path = join(here.path, segment);
    const inside = join(here.folder.inside, segment);
    const status = await atPath(path, fs.lstat(inside)).catch(absent);
    if (status === undefined) {
      if (rest.length >= behindLink || rest.includes('..'))
        throw outputRefused(
          'output-link',
          directory,
          'It is a link that leads nowhere.',
          'Remove it, or choose another folder.',
        );
      return below(path, rest);
    }
    if (status.isSymbolicLink()) {
      if (!isOwnOrRoots(status)) throw othersLink(path, status);
      links += 1;
      if (links > MAX_LINKS)
        throw outputRefused(
          'output-link',
          directory,
          'It is a link that leads to itself.',
          'Remove it, or choose another folder.',
        );
      behindLink = Math.min(behindLink, rest.length);
      const target = await atPath(path, fs.readlink(inside));
      for (const segment of segmentsOf(target).reverse()) rest.push(segment);
      if (!isAbsolute(target)) continue;
      await close(steps.splice(0));
      here = await enter(fs, steps, parse(target).root);
    } else if (rest.length === 0) {
      return { path, missing: [] };
    } else if (status.isDirectory()) {
      here = await enter(fs, steps, path, inside);
    } else {
      throw outputRefused(
        'output-not-a-folder',
        path,
        'A folder above it is a file.',
        'Choose another folder.',
      );
    }
  }
  // The root, or a link that ends with `..`: the folder that was entered last is the place itself.
  if (steps.length > 1) await close(steps.splice(-1));
  return { path: here.path, missing: [] };
}

async function enter(fs: FileSystem, steps: Step[], path: string, inside: string = path): Promise<Step> {
  const step = { path, folder: await atPath(path, fs.openFolder(inside)) };
  steps.push(step);
  if (!step.folder.isHeld) refuseLoose(path, await step.folder.status());
  return step;
}

async function close(steps: readonly Step[]): Promise<void> {
  for (const { folder } of steps) await folder.close().catch(() => undefined);
}

function below(first: string, rest: readonly string[]): Found {
  const paths = [first];
  for (const segment of rest.toReversed().filter((name) => name !== '.'))
    paths.push(join(paths.at(-1) ?? first, segment));
  return { path: paths.at(-1) ?? first, missing: paths.slice(0, -1) };
}

function segmentsOf(path: string): string[] {
  const { root } = parse(path);
  const separators = process.platform === 'win32' ? /[\\/]/ : '/';
  return path
    .slice(root.length)
    .split(separators)
    .filter((segment) => segment !== '');
}

function absent(error: unknown): undefined {
  if (systemErrorCode(error) !== 'ENOENT') throw error;
}

function othersLink(path: string, { uid }: FileStatus): unknown {
  return outputRefused(
    'output-link-of-another-user',
    path,
    `It is a link of another user (uid ${uid}), who can lead what is written elsewhere.`,
    'Name the folder that it leads to, or choose another folder.',
  );
}

function refuseLoose(path: string, status: FileStatus): void {
  if (isOwnOrRoots(status) && (!isWritableByOthers(status) || (status.mode & STICKY) !== 0)) return;
  const whose = isOwnOrRoots(status)
    ? 'Others may write to it'
    : `It belongs to another user (uid ${status.uid})`;
  throw outputRefused(
    'output-writable-by-others',
    path,
    `${whose}, who can lead what is written below it elsewhere.`,
    'Choose a folder that only you and root may change, or take the right away (chmod go-w).',
  );
}
