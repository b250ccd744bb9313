import { splitQuotedWords } from '../../systemd/words.js';
import { isGlob } from '../../text/glob.js';
import type { RootIndex } from '../host-root.js';
import { configurationFiles } from './configuration-files.js';
import type { Preparation } from './pre-start.js';

interface LineType {
  readonly creates: Preparation['creates'];
  readonly reach: Preparation['reach'];
  readonly takesGlobs: boolean;
}

/** tmpfiles.d(5), "Line types": those that make files and folders, or change their owner and mode. */
const TYPES: ReadonlyMap<string, LineType> = new Map<string, LineType>([
  ...['d', 'D', 'v', 'q', 'Q'].map((letter): readonly [string, LineType] => [
    letter,
    { creates: 'directory', reach: 'itself', takesGlobs: false },
  ]),
  ['e', { creates: undefined, reach: 'itself', takesGlobs: true }],
  ['f', { creates: 'file', reach: 'itself', takesGlobs: false }],
  ['F', { creates: 'file', reach: 'itself', takesGlobs: false }],
  ['z', { creates: undefined, reach: 'itself', takesGlobs: true }],
  ['Z', { creates: undefined, reach: 'inside', takesGlobs: true }],
]);
const DIRECTORY_MODE = 0o755;
const FILE_MODE = 0o644;

const known = new WeakMap<RootIndex, readonly Preparation[]>();

/**
 * What systemd-tmpfiles makes and changes on a host at boot. It goes by paths, whatever the order of the lines, and adjusts with `z` and
 * `Z` last (tmpfiles.d(5)).
 *
 * @internal
 */
export function tmpfilesOf(root: RootIndex): readonly Preparation[] {
  const steps = known.get(root) ?? read(root);
  known.set(root, steps);
  return steps;
}

function read(root: RootIndex): readonly Preparation[] {
  const lines = configurationFiles(root, 'tmpfiles.d').flatMap(({ file }) =>
    root.limits
      .text(file)
      .split('\n')
      .filter((line) => !/^\s*(?:#|$)/.test(line))
      .flatMap((line) => readLine((splitQuotedWords(line) ?? []).map(({ value }) => value)) ?? []),
  );
  const rank = ({ creates, isGlob: globs }: Preparation): number => (creates === undefined && globs ? 1 : 0);
  return lines.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function readLine([letters = '', target = '', mode = '-', user = '-', group = '-']: readonly string[]):
  | Preparation
  | undefined {
  const type = TYPES.get(letters.charAt(0));
  if (type === undefined || !target.startsWith('/')) return undefined;
  const path = target.replaceAll('%%', '%').replace(/(?<=.)\/+$/, '');
  const digits = mode.replace(/^[~:]+/, '');
  const given = /^[0-7]{3,4}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
  const fallback =
    type.creates === 'directory' ? DIRECTORY_MODE : type.creates === 'file' ? FILE_MODE : undefined;
  const bits = given ?? fallback;
  const [owner, own] = [user, group].map((name) => name.replace(/^:/, ''));
  return {
    path,
    isGlob: type.takesGlobs && (isGlob(path) || type.creates === undefined),
    reach: type.reach,
    creates: type.creates,
    ...(owner === undefined || owner === '-' ? {} : { user: owner }),
    ...(own === undefined || own === '-' ? {} : { group: own }),
    ...(bits === undefined ? {} : { mode: bits }),
    isForNew: given === undefined && user === '-' && group === '-',
  };
}
