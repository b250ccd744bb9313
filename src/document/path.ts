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
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
    return path === '' ? key : `${path}.${key}`;
  }, '');
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
