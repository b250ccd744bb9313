import type { RootIndex } from '../host-root.js';
import { UNIT_FOLDERS } from './drop-ins.js';

/**
 * A service unit of a host.
 *
 * @internal
 */
export interface UnitFile {
  /** Absolute. */
  readonly path: string;
  /** Such as `etcd.service` or `etcd@e1.service`. */
  readonly name: string;
  /** Other names that links give it. */
  readonly aliases: readonly string[];
}

/** Of users' service managers (systemd.unit(5), "User Unit Search Path"). */
const USER_FOLDER =
  /^\/(?:etc\/systemd\/user|(?:home\/[^/]+|root)\/\.config\/systemd\/user|usr\/(?:local\/)?lib\/systemd\/user)$/;
const UNIT_PATH = /^(.*)\/([^/]+\.service)$/;

/**
 * The service units that systemd loads; where none of its folders is there, as in a part of a host, any unit file. A link to
 * another unit is one more name of that unit, a link from an instance to its template is a separate unit, and a link to a file
 * elsewhere is a unit under the link's name (systemd.unit(5), "Description"; systemd `src/basic/unit-file.c`,
 * unit_file_build_name_map). A template that has instances is not a unit itself.
 *
 * @internal
 */
export function unitFiles(root: RootIndex): readonly UnitFile[] {
  const loaded = filesIn(root, loadRank);
  const alone =
    loaded.size > 0 ? loaded : filesIn(root, (folder) => (/\.(?:wants|requires)$/.test(folder) ? -1 : 0));
  const files = new Map([...alone, ...startedInstances(root, alone)]);
  const aliases = new Map(
    [...files].flatMap(([name, path]) => {
      const target = aliasTarget(root, files, name, path);
      return target === undefined ? [] : [[name, target] as const];
    }),
  );
  const instances = new Set([...files.keys()].filter((name) => !name.includes('@.')).map(templateOf));
  return [...files].flatMap(([name, path]): readonly UnitFile[] => {
    if (aliases.has(name) || instances.has(name) || isMasked(root, path)) return [];
    return [{ path, name, aliases: [...aliases].flatMap(([alias, to]) => (to === name ? [alias] : [])) }];
  });
}

/** Instances that only a target names: there is no file of their own, and systemd takes the template's. */
function startedInstances(
  root: RootIndex,
  files: ReadonlyMap<string, string>,
): readonly (readonly [name: string, path: string])[] {
  return [...root.files.keys()].flatMap((path): readonly (readonly [string, string])[] => {
    const [, folder = '', name = ''] = UNIT_PATH.exec(path) ?? [];
    const template = files.get(templateOf(name));
    return template === undefined ||
      files.has(name) ||
      !(folder.includes('/systemd/') && /\.(?:wants|requires|upholds)$/.test(folder))
      ? []
      : [[name, template]];
  });
}

/**
 * Names of units that nothing can start: the file that counts is a link to /dev/null, or empty.
 *
 * @internal
 */
export function maskedUnits(root: RootIndex): ReadonlySet<string> {
  return new Set(
    [...filesIn(root, loadRank)].flatMap(([name, path]) => (isMasked(root, path) ? [name] : [])),
  );
}

/** A link to /dev/null, or an empty file (systemd.unit(5), "Description"). */
function isMasked(root: RootIndex, path: string): boolean {
  const file = root.files.get(path);
  return file !== undefined && (file.linkTo === 'dev/null' || file.bytes.length === 0);
}

/** Users' units come after the system's; of one name there is one of each user at most. */
function loadRank(folder: string): number {
  const rank = UNIT_FOLDERS.indexOf(folder);
  return rank < 0 && USER_FOLDER.test(folder) ? UNIT_FOLDERS.length : rank;
}

/** Of one name, the file in the folder of the lowest rank; none below zero. */
function filesIn(root: RootIndex, rankOf: (folder: string) => number): ReadonlyMap<string, string> {
  const found = new Map<string, { readonly path: string; readonly rank: number }>();
  for (const path of root.files.keys()) {
    const [, folder = '', name = ''] = UNIT_PATH.exec(path) ?? [];
    const rank = name === '' ? -1 : rankOf(folder);
    const known = found.get(name);
    if (rank >= 0 && (known === undefined || rank < known.rank)) found.set(name, { path, rank });
  }
  return new Map([...found].map(([name, { path }]) => [name, path]));
}

/** The name of the unit that a link leads to, where it is another one. */
function aliasTarget(
  root: RootIndex,
  files: ReadonlyMap<string, string>,
  name: string,
  path: string,
): string | undefined {
  const linkTo = root.files.get(path)?.linkTo;
  const [, folder = '', target = ''] = UNIT_PATH.exec(`/${linkTo ?? ''}`) ?? [];
  if (target === name || target === templateOf(name) || !files.has(target)) return undefined;
  const isLoaded = UNIT_FOLDERS.includes(folder) || files.get(target) === `/${linkTo}`;
  return isLoaded ? target : undefined;
}

/** `etcd@.service` of `etcd@e1.service`; the empty string if it is not an instance. */
function templateOf(name: string): string {
  const [, prefix] = /^([^@]+)@.+\.service$/.exec(name) ?? [];
  return prefix === undefined ? '' : `${prefix}@.service`;
}
