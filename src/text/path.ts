/**
 * True where one path is the other or lies below it.
 *
 * @internal
 */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/**
 * The folder that an absolute path lies in; `/` of what lies at the top.
 *
 * @internal
 */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

/**
 * The last segment of a path; all of one without a slash.
 *
 * @internal
 */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * A path from `/` without `.`, `..` and empty segments, as open(2) takes it where no folder is a link.
 *
 * @internal
 */
export function normalizePath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}
