import { isSystemDirectory } from '../../systemd/system-directories.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';

/** Characters that neither a shell nor a unit nor ReadWritePaths= splits or expands. */
const SEGMENT = /^[A-Za-z0-9_@+=.-]+$/;

/** NAME_MAX of limits.h; PATH_MAX is 4096, of which the files below, and their temporary names, need some. */
const MAX_SEGMENT = 255;
const MAX_PATH = 3500;

/**
 * Reads an absolute path on a host. Refused is what shells, units or tmpfiles.d would split or expand, and what has two
 * spellings.
 *
 * @internal
 */
export function resolvePath(text: string, path: string, issues: IssueList): string {
  const trimmed = text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text;
  const segments = trimmed === '/' ? [] : trimmed.split('/').slice(1);
  if (!text.startsWith('/')) {
    issues.add('relative-path', path, `${quoteValue(text)} is a relative path.`, 'Write an absolute path.');
  } else if (segments.some((segment) => segment === '.' || segment === '..' || segment === '')) {
    issues.add(
      'path-not-shortest',
      path,
      `${quoteValue(text)} is not in its shortest form.`,
      'Write a path below / without "//", "." and "..".',
    );
  } else if (!segments.every((segment) => SEGMENT.test(segment))) {
    issues.add(
      'path-character',
      path,
      `${quoteValue(text)} contains characters that shells or units would split or expand.`,
      'Use letters, digits and "_", "@", "+", "=", ".", "-".',
    );
  } else if (trimmed.length > MAX_PATH || segments.some((segment) => segment.length > MAX_SEGMENT)) {
    issues.add(
      'path-too-long',
      path,
      `${quoteValue(text)} is longer than a path may be.`,
      `Use at most ${MAX_PATH} characters, and ${MAX_SEGMENT} between two slashes.`,
    );
  }
  return trimmed;
}

/**
 * Reads the path of a folder that the bundle, or etcd, has for itself.
 *
 * @internal
 */
export function resolveOwnDirectory(text: string, path: string, issues: IssueList): string {
  const directory = resolvePath(text, path, issues);
  if (isSystemDirectory(directory)) {
    issues.add(
      'system-folder',
      path,
      `${quoteValue(text)} belongs to the system.`,
      'Choose a folder that nothing else uses, such as one below /var/lib or /etc/etcd.',
    );
  }
  return directory;
}
