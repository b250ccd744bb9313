import { type RootIndex, textOf } from '../host-root.js';

/** @internal */
export type Specifiers = ReadonlyMap<string, string>;

/** Of the system's service manager (systemd.unit(5), "Specifiers"). */
const FIXED: Specifiers = new Map([
  ['C', '/var/cache'],
  ['E', '/etc'],
  ['L', '/var/log'],
  ['S', '/var/lib'],
  ['T', '/tmp'],
  ['V', '/var/tmp'],
  ['h', '/root'],
  ['t', '/run'],
  ['u', 'root'],
]);

/**
 * The specifiers of systemd.unit(5) that the files of a host can tell. An instance's name is known where the unit is an instance.
 *
 * @internal
 */
export function specifiersOf(root: RootIndex, unit: string): Specifiers {
  const name = unit.replace(/\.[a-z]+$/, '');
  const [prefix = '', instance] = name.split(/@(.*)/s);
  const specifiers = new Map([...FIXED, ['n', unit], ['N', name], ['p', prefix]]);
  // A template alone stands for instances that nobody named.
  if (instance !== '') specifiers.set('i', instance ?? '').set('I', instance ?? '');
  const firstLine = (path: string): string =>
    (textOf(root.files.get(path) ?? { path, bytes: new Uint8Array() }, 256).split('\n')[0] ?? '').trim();
  const hostname = firstLine('/etc/hostname');
  const machine = firstLine('/etc/machine-id');
  if (hostname !== '') specifiers.set('H', hostname).set('l', hostname.split('.')[0] ?? '');
  if (/^[0-9a-f]{32}$/.test(machine)) specifiers.set('m', machine);
  return specifiers;
}
