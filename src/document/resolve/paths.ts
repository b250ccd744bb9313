import { type IssueList, quoteValue } from '../issue-list.js';

/** Characters that neither a shell nor a unit nor ReadWritePaths= splits or expands. */
const SEGMENT = /^[A-Za-z0-9_@+=.-]+$/;

/**
 * Reads an absolute path on a host. Refused is what shells, units or tmpfiles.d would split or expand, and what has two
 * spellings.
 *
 * @internal
 */
export function resolvePath(text: string, path: string, issues: IssueList): string {
  const trimmed = text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text;
  const segments = trimmed.split('/').slice(1);
  if (!text.startsWith('/')) {
    issues.add('invalid-value', path, `${quoteValue(text)} is a relative path.`, 'Write an absolute path.');
  } else if (segments.some((segment) => segment === '.' || segment === '..' || segment === '')) {
    issues.add(
      'invalid-value',
      path,
      `${quoteValue(text)} is not in its shortest form.`,
      'Write a path below / without "//", "." and "..".',
    );
  } else if (!segments.every((segment) => SEGMENT.test(segment))) {
    issues.add(
      'invalid-value',
      path,
      `${quoteValue(text)} holds characters that shells or units would split or expand.`,
      'Use letters, digits and "_", "@", "+", "=", ".", "-".',
    );
  }
  return trimmed;
}
