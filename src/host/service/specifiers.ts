import { beginningOf, type RootIndex } from '../host-root.js';

/** Folders of the system manager (systemd.unit(5), "Specifiers"). */
const FOLDERS: readonly (readonly [letter: string, path: string])[] = [
  ['E', '/etc'],
  ['S', '/var/lib'],
  ['C', '/var/cache'],
  ['L', '/var/log'],
  ['t', '/run'],
  ['T', '/tmp'],
  ['V', '/var/tmp'],
];
/** The manager's own account, whatever User= says. */
const MANAGER: readonly (readonly [letter: string, value: string])[] = [
  ['h', '/root'],
  ['u', 'root'],
  ['U', '0'],
  ['g', 'root'],
  ['G', '0'],
];
/** Those that systemd knows, or `%`: others keep a command from being read. */
const LETTERS = 'aAbBCdDEfgGhHiIjJlLmMnNopPqsStTuUvVwWyY%';
const OS_RELEASE: readonly (readonly [letter: string, name: string])[] = [
  ['o', 'ID'],
  ['w', 'VERSION_ID'],
  ['B', 'BUILD_ID'],
  ['W', 'VARIANT_ID'],
  ['M', 'IMAGE_ID'],
  ['A', 'IMAGE_VERSION'],
];

/**
 * The specifiers of systemd.unit(5) that the files of a host tell; others stay as they are.
 *
 * @param path - of the unit file
 * @internal
 */
export function specifiersOf(root: RootIndex, unit: string, path: string): ReadonlyMap<string, string> {
  const name = unit.replace(/\.[a-z]+$/, '');
  const [prefix = '', instance] = name.split(/@(.*)/s);
  const last = prefix.slice(prefix.lastIndexOf('-') + 1);
  const specifiers = new Map([
    ...FOLDERS,
    ...MANAGER,
    ['n', unit],
    ['N', name],
    ['p', prefix],
    ['P', unescapeName(prefix)],
    ['j', last],
    ['J', unescapeName(last)],
    ['d', `/run/credentials/${unit}`],
    ['y', path],
    ['Y', path.slice(0, path.lastIndexOf('/'))],
  ]);
  // Of a template alone nobody knows what it will be started with.
  if (instance !== '') {
    const plain = unescapeName(instance ?? '');
    specifiers
      .set('i', instance ?? '')
      .set('I', plain)
      .set('f', `/${unescapeName(instance ?? prefix).replace(/^\/+/, '')}`);
  }
  const firstLine = (file: string): string => (textAt(root, file).split('\n')[0] ?? '').trim();
  const hostname = firstLine('/etc/hostname');
  const machine = firstLine('/etc/machine-id');
  if (hostname !== '')
    specifiers
      .set('H', hostname)
      .set('l', hostname.split('.')[0] ?? '')
      .set('q', hostname);
  if (/^[0-9a-f]{32}$/.test(machine)) specifiers.set('m', machine);
  const release = textAt(root, '/etc/os-release').split('\n');
  for (const [letter, key] of OS_RELEASE) {
    const line = release.find((text) => text.startsWith(`${key}=`));
    if (line !== undefined)
      specifiers.set(letter, line.slice(key.length + 1).replace(/^(["'])(.*)\1$/, '$2'));
  }
  return specifiers;
}

/** @internal */
export function resolveSpecifiers(value: string, specifiers: ReadonlyMap<string, string>): string {
  return value.replace(/%(.)/g, (whole, letter: string) =>
    letter === '%' ? whole : (specifiers.get(letter) ?? whole),
  );
}

/**
 * The first specifier that systemd does not know.
 *
 * @internal
 */
export function unknownSpecifier(value: string): string | undefined {
  for (const [whole, letter = ''] of value.matchAll(/%(.)/g)) if (!LETTERS.includes(letter)) return whole;
  return undefined;
}

function textAt(root: RootIndex, path: string): string {
  const file = root.files.get(path);
  return file === undefined ? '' : beginningOf(file);
}

/** As systemd-escape -u: `-` is `/`, `\x2d` is `-`. */
function unescapeName(text: string): string {
  return text
    .replaceAll('-', '/')
    .replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
