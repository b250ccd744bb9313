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

/**
 * The specifiers of systemd.unit(5) that a unit's name and place tell.
 *
 * @param unit - with its suffix, such as `etcd@e1.service`
 * @param path - of the unit file
 * @internal
 */
export function unitSpecifiers(unit: string, path: string): Map<string, string> {
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

/** As systemd-escape -u: `-` is `/`, `\x2d` is `-`. */
function unescapeName(text: string): string {
  return text
    .replaceAll('-', '/')
    .replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
