import { fitsGlob, globTest } from '../../text/glob.js';
import { normalizePath } from '../../text/path.js';
import { beginningOf, hasAnyBelow, type RootIndex } from '../host-root.js';
import type { ConditionFacts } from './conditions.js';

/**
 * What the files of a host say to the conditions of its units.
 *
 * @internal
 */
export function conditionFacts(root: RootIndex): ConditionFacts {
  const paths = (): readonly string[] => [...root.files.keys(), ...root.directories.keys()];
  return {
    isEmpty: (path) => {
      const wanted = normalizePath(path);
      const file = root.files.get(wanted);
      if (file !== undefined) return file.bytes.length === 0;
      return root.directories.has(wanted)
        ? !paths().some((name) => name.startsWith(`${wanted}/`))
        : undefined;
    },
    // A file below a folder that is a link has a link's name, too.
    isLink: (path) => {
      const file = root.files.get(normalizePath(path));
      return file === undefined || file.linkTo !== undefined ? undefined : false;
    },
    isAnyLike: (pattern) => {
      if (paths().some(globTest(pattern))) return true;
      const fixed = pattern.slice(0, pattern.search(/[*?[]/));
      const isListed = hasAnyBelow(root, fixed.slice(0, Math.max(1, fixed.lastIndexOf('/'))));
      return isListed && !root.gaps.some(({ kind }) => kind === 'limit') ? false : undefined;
    },
    isCalled: (pattern) => {
      const file = root.files.get('/etc/hostname');
      const name = file === undefined ? '' : beginningOf(file).trim().toLowerCase();
      // It may be the machine's ID as well (systemd.unit(5), ConditionHost=).
      if (name === '' || /^[0-9a-f-]{32,36}$/i.test(pattern)) return undefined;
      return fitsGlob(name, pattern.toLowerCase());
    },
  };
}
