// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * A program that `test/programs/install` has put into the cache.
 *
 * @typedef {{ readonly name: string, readonly version: string, readonly path: string }} Program
 */

/**
 * The cached programs of the table whose binary has this name, the newest first, and the names of those that are not there.
 *
 * @param {string} binary
 * @returns {{ readonly found: readonly Program[], readonly missing: readonly string[] }}
 */
export function cachedPrograms(binary) {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'etcd-bundle');
  const table = readFileSync(new URL('../../test/programs/table.txt', import.meta.url), 'utf8');
  const programs = table
    .split('\n')
    .filter((line) => line.startsWith(`${binary}-`))
    .map((line) => {
      const [name = '', version = ''] = line.split(/\s+/);
      return { name, version, path: join(cache, `${binary}-${version}`, 'bin', binary) };
    });
  return {
    found: programs.filter(({ path }) => existsSync(path)),
    missing: programs.filter(({ path }) => !existsSync(path)).map(({ name }) => name),
  };
}
