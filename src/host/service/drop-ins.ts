import type { RootIndex } from '../host-root.js';

/**
 * systemd.unit(5), "Unit File Load Path": of units with one name that of the first folder counts.
 *
 * @internal
 */
export const UNIT_FOLDERS: readonly string[] = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];

const DROP_IN = /^(.*[./]service\.d)\/[^/]+\.conf$/;

/**
 * The drop-ins of a host by their folder, such as `/etc/systemd/system/etcd.service.d`: looked up for each of its units, so gone
 * through once.
 *
 * @internal
 */
export interface DropInIndex {
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** Links to /dev/null, which keep those of the same name from being read. */
  readonly masked: ReadonlySet<string>;
}

/** @internal */
export function indexDropIns(root: RootIndex): DropInIndex {
  const index = new Map<string, string[]>();
  const masked = new Set<string>();
  for (const [path, { linkTo }] of root.files) {
    const [, folder] = DROP_IN.exec(path) ?? [];
    if (folder === undefined) continue;
    if (linkTo === 'dev/null') masked.add(path);
    const files = index.get(folder);
    if (files === undefined) index.set(folder, [path]);
    else files.push(path);
  }
  return { folders: index, masked };
}

/**
 * Of drop-ins with one name the first counts: the folders of the unit's own names come first, each with the most telling name before
 * the others, and those of every service last. They apply in the order of their names (systemd.unit(5); systemd
 * `src/shared/dropin.c`, unit_file_find_dropin_paths).
 *
 * @param names - of one unit: its own first, then its aliases
 * @returns paths of files
 * @internal
 */
export function dropIns(index: DropInIndex, names: readonly string[]): readonly string[] {
  const own = UNIT_FOLDERS.flatMap((folder) =>
    names.flatMap(dropInFolders).map((name) => `${folder}/${name}`),
  );
  const everyService = UNIT_FOLDERS.map((folder) => `${folder}/service.d`);
  const found = new Map<string, string>();
  for (const folder of [...own, ...everyService].reverse())
    for (const path of index.folders.get(folder) ?? []) found.set(path.slice(folder.length + 1), path);
  return [...found.keys()]
    .sort()
    .map((name) => found.get(name) ?? '')
    .filter((path) => !index.masked.has(path));
}

/** `a-b@c.service.d`, `a-b@.service.d`, `a-.service.d` */
function dropInFolders(unit: string): readonly string[] {
  const name = unit.replace(/\.service$/, '');
  const prefix = name.split('@')[0] ?? '';
  const template = name.includes('@') ? [`${prefix}@`] : [];
  const dashes = [...prefix.matchAll(/-(?=.)/g)].map(({ index }) => prefix.slice(0, index + 1)).reverse();
  return [...new Set([name, ...template, ...dashes])].map((start) => `${start}.service.d`);
}
