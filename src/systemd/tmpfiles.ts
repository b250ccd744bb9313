import { octal } from '../text/octal.js';
import { trimEnd } from '../text/trim-end.js';
import { escapeGlob, quotePath } from './quote.js';

/**
 * One line of a tmpfiles.d(5) file: a directory to make, with its parents; a file or directory whose owner and mode are to be set
 * where it exists.
 *
 * @internal
 */
export interface TmpfilesLine {
  readonly type: 'create-directory' | 'adjust';
  /** Absolute and normalised. */
  readonly path: string;
  /** Permission bits, as 0o640. */
  readonly mode: number;
  readonly user: string;
  readonly group: string;
}

/**
 * Writes a tmpfiles.d(5) file. Each line names one path: those types that take shell patterns get their characters escaped.
 *
 * @throws {@link EtcdBundleError} for a path that systemd-tmpfiles cannot take: relative, `..`, control characters
 * @internal
 */
export function renderTmpfiles(lines: readonly TmpfilesLine[]): string {
  return lines.map((line) => `${renderLine(line)}\n`).join('');
}

/**
 * The lines that make a service's directories, mode 0700. Parents are made by systemd-tmpfiles, as root's and 0755, except
 * between one of these directories and another one inside it: there it refuses to pass from the service's to root's ("unsafe
 * path transition"), so they are the service's too.
 *
 * @internal
 */
export function planStateDirectories(
  directories: readonly string[],
  owner: { readonly user: string; readonly group: string },
): TmpfilesLine[] {
  const own = directories.map((path) => trimEnd(path, '/'));
  const all = new Set(own.flatMap((path) => [...parentsInside(path, own), path]));
  return [...all].sort().map((path) => ({ type: 'create-directory', path, mode: 0o700, ...owner }));
}

function parentsInside(path: string, directories: readonly string[]): string[] {
  const names = path.split('/');
  return names
    .map((_, index) => names.slice(0, index).join('/'))
    .filter((parent) => directories.some((directory) => parent.startsWith(`${directory}/`)));
}

function renderLine({ type, path, mode, user, group }: TmpfilesLine): string {
  const [letter, name] = type === 'adjust' ? ['z', escapeGlob(path)] : ['d', path];
  return `${letter} ${quotePath(name)} ${octal(mode)} ${user} ${group} -`;
}
