import { childPath } from '../text/child-path.js';

/**
 * Keys and indexes from the top of the document.
 *
 * @internal
 */
export type Keys = readonly (string | number)[];

/**
 * Joins keys and indexes the way people write them: `members[0].address`, `etcd.settings["a b"]`.
 *
 * @internal
 */
export function formatPath(keys: Keys): string {
  return keys.reduce<string>(childPath, '');
}

/**
 * The keys of a path that {@link formatPath} wrote.
 *
 * @internal
 */
export function parsePath(path: string): Keys {
  return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index === undefined
      ? quoted === undefined
        ? (name ?? '')
        : String(JSON.parse(`"${quoted}"`))
      : Number(index),
  );
}
