import { normalizePath } from '../text/path.js';

/**
 * A file below the root of one host.
 *
 * @public
 */
export interface RootFile {
  /** Relative to `/`, without a leading slash. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Where the path is a symbolic link: the file that it leads to in the end, relative to `/`; absent where it is none. */
  readonly linkTo?: string;
  /** Permission bits, as 0o640; absent where they are not known. */
  readonly mode?: number;
  /** Names, or numbers where no name is known; absent where it says nothing, as after an extraction by an ordinary user. */
  readonly owner?: { readonly user: string; readonly group: string };
}

/**
 * A directory below the root of one host.
 *
 * @public
 */
export interface RootDirectory {
  /** Relative to `/`. */
  readonly path: string;
  readonly mode?: number;
}

/**
 * What one host has, or will have once a tarball is extracted at its `/`.
 *
 * @public
 */
export interface HostRoot {
  /** What it is called in findings: the tarball's name without suffixes, or the folder's. */
  readonly name: string;
  readonly files: readonly RootFile[];
  readonly directories?: readonly RootDirectory[];
  /** Absolute folder of the root on this machine: configuration made in place may name its files with this prefix. */
  readonly location?: string;
}

/**
 * Files of a root by absolute path.
 *
 * @internal
 */
export interface RootIndex {
  readonly name: string;
  readonly files: ReadonlyMap<string, RootFile>;
  readonly directories: ReadonlyMap<string, RootDirectory>;
  /**
   * The file at an absolute path. A folder without `etc/` is taken for a part of a host, such as a lone `pki`: leading segments of the
   * path are left out until something is there.
   */
  readonly find: (path: string) => RootFile | undefined;
}

/** @internal */
export function indexRoot(root: HostRoot): RootIndex {
  const files = new Map(root.files.map((file) => [normalizePath(file.path), file]));
  const directories = new Map((root.directories ?? []).map((entry) => [normalizePath(entry.path), entry]));
  const isWhole = [...files.keys(), ...directories.keys()].some((path) => /^\/(?:etc|usr|lib)\//.test(path));
  return {
    name: root.name,
    files,
    directories,
    find: (path) => {
      const wanted = normalizePath(path);
      const isInPlace = root.location !== undefined && wanted.startsWith(`${root.location}/`);
      const segments = wanted.slice(isInPlace ? root.location.length + 1 : 1).split('/');
      const last = isWhole ? 0 : segments.length - 1;
      for (let left = 0; left <= last; left += 1) {
        const file = files.get(`/${segments.slice(left).join('/')}`);
        if (file !== undefined) return file;
      }
      return undefined;
    },
  };
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
 * Text of a file, cut beyond any sensible length of a configuration; what is not UTF-8 comes as U+FFFD.
 *
 * @internal
 */
export function textOf(file: RootFile, limit: number = MAX_TEXT): string {
  return new TextDecoder().decode(file.bytes.subarray(0, limit));
}

/** Bytes of a configuration file. */
const MAX_TEXT = 262_144;
