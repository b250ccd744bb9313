import { escapeUnprintableInJson } from './unprintable.js';

/**
 * The path of an entry below another: `members[0]`, `etcd.settings.cors`, `etcd.settings["a b"]`. Nothing unprintable is in it.
 *
 * @internal
 */
export function childPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key))
    return `${path}[${escapeUnprintableInJson(JSON.stringify(key))}]`;
  return path === '' ? key : `${path}.${key}`;
}
