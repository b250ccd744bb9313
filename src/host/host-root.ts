import { normalizePath } from '../text/path.js';
import { ReadingLimits } from './reading-limits.js';
import type { RootGap } from './root-gap.js';

/**
 * A file below the root of one host.
 *
 * @public
 */
export interface RootFile {
  /** Relative to `/`, without a leading slash. */
  readonly path: string;
  /** The whole contents. */
  readonly bytes: Uint8Array;
  /** Where the path is a symbolic link: the file that it leads to in the end, relative to `/`; absent where it is none. */
  readonly linkTo?: string;
  /** Permission bits, as 0o640; absent where they are not known. */
  readonly mode?: number;
  /** Names, or numbers where no name is known; absent where it says nothing, as after an extraction by an ordinary user. */
  readonly owner?: RootOwner;
  /** Of a secret that the host has and that is not at hand, so that `bytes` are none; absent where they are all there is. */
  readonly withheld?: WithheldSecret;
}

/**
 * What is known of a secret that is not at hand.
 *
 * @public
 */
export interface WithheldSecret {
  /** Its public half: SubjectPublicKeyInfo, DER; absent where it has none, or none is known. */
  readonly publicKey?: Uint8Array;
}

/**
 * Whose a file or directory is: names, or numbers where no name is known.
 *
 * @public
 */
export interface RootOwner {
  /** Its name; its number where the host has no name for it. */
  readonly user: string;
  /** As the user. */
  readonly group: string;
}

/**
 * A directory below the root of one host.
 *
 * @public
 */
export interface RootDirectory {
  /** Relative to `/`. */
  readonly path: string;
  /** Permission bits, such as 0o700; absent where they are not known. */
  readonly mode?: number;
  /** Absent where it says nothing, as after an extraction by an ordinary user. */
  readonly owner?: RootOwner;
}

/**
 * What a path leads to in the end, as far as permissions ask.
 *
 * @internal
 */
export type RootEntry =
  | {
      readonly type: 'file' | 'directory';
      /** Absolute, with links resolved. */
      readonly path: string;
      readonly mode: number | undefined;
      readonly owner: RootOwner | undefined;
    }
  | { readonly type: 'absent' }
  /** Nobody looked. */
  | { readonly type: 'unseen' };

/**
 * What a path of a host leads to.
 *
 * @internal
 */
export type OpenedPath =
  | { readonly type: 'file'; readonly file: RootFile }
  | { readonly type: 'directory'; readonly directory: RootDirectory }
  | { readonly type: 'absent' }
  /** It may be there or not: a clause, such as `cannot be read (EACCES)`; `file` where it is there, and too large. */
  | { readonly type: 'unread'; readonly why: string; readonly file?: RootFile };

/**
 * What one host has, or will have once a tarball is extracted at its `/`.
 *
 * @public
 */
export interface HostRoot {
  /** What it is called in findings: the tarball's name without suffixes, or the folder's. */
  readonly name: string;
  /** Every file that was read. */
  readonly files: readonly RootFile[];
  /** SHA-256 of files that are too large to be looked into, hexadecimal, by path relative to `/`. */
  readonly largeFiles?: ReadonlyMap<string, string>;
  /** Folders, as far as they are known. */
  readonly directories?: readonly RootDirectory[];
  /** Absolute folder of the root on this machine: configuration made in place may name its files with this prefix. */
  readonly location?: string;
  /** Looks for what `files` leave out, by its absolute path on the host; absent where they are all there is. */
  readonly open?: (path: string) => Promise<OpenedPath>;
  /** What was not read. */
  readonly gaps?: readonly RootGap[];
  /** Whether etcd has run there, so that it does not read again what it reads at its first start; absent where only its data folder tells. */
  readonly hasRun?: boolean;
}

/**
 * Files of a root by absolute path.
 *
 * @internal
 */
export interface RootIndex {
  readonly name: string;
  readonly files: ReadonlyMap<string, RootFile>;
  /** As {@link HostRoot.largeFiles}, by absolute path. */
  readonly largeFiles: ReadonlyMap<string, string>;
  readonly directories: ReadonlyMap<string, RootDirectory>;
  /**
   * The file at an absolute path. A folder without `etc/` is taken for a part of a host, such as a lone `pki`: leading segments of the
   * path are left out until something is there.
   */
  readonly find: (path: string) => RootFile | undefined;
  /** What is at exactly this absolute path, for its mode and owner. */
  readonly entry: (path: string) => RootEntry;
  /** Whether this is a host with its accounts, so that what is not there will not be there either. */
  readonly isHost: boolean;
  /** Why nobody can say whether a file is there that was not found, as a clause; undefined where it is not there. */
  readonly unread: (path: string) => string | undefined;
  /** Those of the root; what is left out of it while it is read is among its {@link limits}. */
  readonly gaps: readonly RootGap[];
  readonly limits: ReadingLimits;
  readonly hasRun: boolean;
}

/**
 * What was opened by name, and what should be: files and folders that something named and the root does not list.
 *
 * @internal
 */
export interface AskedPaths {
  readonly opened: ReadonlyMap<string, OpenedPath>;
  readonly asked: Set<string>;
}

/** @internal */
export function indexRoot(
  root: HostRoot,
  { opened, asked }: AskedPaths = { opened: new Map(), asked: new Set() },
): RootIndex {
  const files = new Map(root.files.map((file) => [normalizePath(file.path), file]));
  const directories = new Map((root.directories ?? []).map((entry) => [normalizePath(entry.path), entry]));
  for (const [path, result] of opened)
    if (result.type === 'directory' && !directories.has(path)) directories.set(path, result.directory);
  const isWhole = [...files.keys(), ...directories.keys()].some((path) => /^\/(?:etc|usr|lib)\//.test(path));
  const placesOf = (path: string): readonly string[] => {
    const wanted = normalizePath(path);
    const isInPlace = root.location !== undefined && wanted.startsWith(`${root.location}/`);
    const segments = wanted.slice(isInPlace ? root.location.length + 1 : 1).split('/');
    const places = segments.slice(0, MAX_LEFT_OUT).map((_, left) => `/${segments.slice(left).join('/')}`);
    return isWhole ? places.slice(0, 1) : places;
  };
  return {
    name: root.name,
    files,
    largeFiles: new Map([...(root.largeFiles ?? [])].map(([path, sum]) => [normalizePath(path), sum])),
    directories,
    gaps: root.gaps ?? [],
    limits: new ReadingLimits(),
    hasRun: root.hasRun ?? false,
    find: (path) => {
      const places = placesOf(path);
      for (const place of places) {
        const file = files.get(place);
        if (file !== undefined) return file;
      }
      for (const place of places) {
        const result = opened.get(place);
        if (result?.type === 'file')
          return { ...result.file, path: place.slice(1), ...linkTo(place, result.file) };
        if (result === undefined && asked.size < MAX_ASKED) asked.add(place);
      }
      return undefined;
    },
    entry: (path) => {
      const place = normalizePath(path);
      const directory = directories.get(place);
      if (directory !== undefined)
        return { type: 'directory', ...entryOf(directory, `/${directory.path.replace(/^\//, '')}`) };
      const file = files.get(place);
      if (file !== undefined) return { type: 'file', ...entryOf(file, `/${file.linkTo ?? file.path}`) };
      const result = opened.get(place);
      if (result === undefined) {
        if (asked.size < MAX_ASKED) asked.add(place);
        return root.open === undefined ? { type: 'absent' } : { type: 'unseen' };
      }
      if (result.type === 'directory')
        return { type: 'directory', ...entryOf(result.directory, `/${result.directory.path}`) };
      if (result.type === 'absent') return result;
      const { file: found } = result;
      return found === undefined ? { type: 'unseen' } : { type: 'file', ...entryOf(found, `/${found.path}`) };
    },
    isHost: files.has('/etc/passwd') && files.has('/etc/group'),
    unread: (path) => {
      const results = placesOf(path).map((place) => opened.get(place));
      for (const result of results) if (result?.type === 'unread') return result.why;
      if (root.open !== undefined && results.every((result) => result !== undefined)) return undefined;
      const gap = (root.gaps ?? []).find(({ kind }) => kind === 'limit');
      return gap === undefined ? undefined : `may lie behind a limit, since the root ${gap.why}`;
    },
  };
}

function entryOf(
  { mode, owner }: RootDirectory,
  path: string,
): Omit<Extract<RootEntry, { readonly mode: unknown }>, 'type'> {
  return { path: normalizePath(path), mode, owner };
}

function linkTo(place: string, { path }: RootFile): { readonly linkTo?: string } {
  return `/${path}` === place ? {} : { linkTo: path };
}

/** Segments of a path that may be missing from a part of a host. */
const MAX_LEFT_OUT = 32;
/** Paths that the files of one host name. */
const MAX_ASKED = 10_000;

/**
 * Whether a root has a folder, or anything below it: of a copy that leaves out a whole folder nobody can say what is missing there.
 *
 * @internal
 */
export function hasAnyBelow({ directories, files }: RootIndex, folder: string): boolean {
  const isWithin = (path: string): boolean => path === folder || path.startsWith(`${folder}/`);
  return [...directories.keys()].some(isWithin) || [...files.keys()].some(isWithin);
}

/**
 * The folder of an absolute path.
 *
 * @internal
 */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/**
 * The beginning of a file, to see what it is about; what is not UTF-8 comes as U+FFFD.
 *
 * @internal
 */
export function beginningOf(file: RootFile): string {
  return new TextDecoder().decode(file.bytes.subarray(0, BEGINNING));
}

/**
 * Whether the beginning of a file has a word.
 *
 * @internal
 */
export function mentions(file: RootFile, word: string): boolean {
  return beginningOf(file).includes(word);
}

/** Bytes. */
const BEGINNING = 262_144;
