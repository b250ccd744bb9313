import { posix } from 'node:path';

/** As many as Linux follows (path_resolution(7)). */
const MAX_LINKS = 40;

/**
 * Follows symbolic links as they work below a root: an absolute target starts at the root, `..` stops there.
 *
 * @param links - paths relative to the root, with their targets as they are written
 * @returns the path that is meant, relative to the root, or undefined where links run in circles
 * @internal
 */
export function followLinks(path: string, links: ReadonlyMap<string, string>): string | undefined {
  let rest = path.split('/').filter((segment) => segment !== '');
  let done: string[] = [];
  let followed = 0;
  while (rest.length > 0) {
    const [segment = '', ...more] = rest;
    rest = more;
    if (segment === '.') continue;
    if (segment === '..') {
      done.pop();
      continue;
    }
    done.push(segment);
    const target = links.get(done.join('/'));
    if (target === undefined) continue;
    followed += 1;
    if (followed > MAX_LINKS) return undefined;
    rest = [...target.split('/').filter((part) => part !== ''), ...rest];
    if (posix.isAbsolute(target)) done = [];
    else done.pop();
  }
  return done.join('/');
}
