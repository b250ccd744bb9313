// @ts-check
import { readFileSync } from 'node:fs';

/**
 * The names that fields of Go structs in a program have in JSON, and so in the YAML that it reads: Go keeps their tags for reflection.
 *
 * @param {string} path
 * @returns {readonly string[]}
 */
export function taggedKeys(path) {
  const tags = readFileSync(path, 'latin1').matchAll(/json:"([a-z][a-z0-9-]*)/g);
  return [...new Set(Array.from(tags, ([, name = '']) => name))].toSorted();
}
