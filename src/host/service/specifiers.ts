import { unitSpecifiers } from '../../systemd/specifiers.js';
import { beginningOf, type RootIndex } from '../host-root.js';

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
  const specifiers = unitSpecifiers(unit, path);
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

function textAt(root: RootIndex, path: string): string {
  const file = root.files.get(path);
  return file === undefined ? '' : beginningOf(file);
}
