import type { Issue } from '../errors.js';
import { formatPath, type Keys } from './path.js';

/**
 * Entries of one list or map. A thousand members are far beyond what etcd takes, and every member's files name all members.
 *
 * @internal
 */
export const MAX_ENTRIES = 1_000;
/**
 * Addresses or URLs of one member: every member's files name all of these, too.
 *
 * @internal
 */
export const MAX_ADDRESSES = 32;
/**
 * Length of its text: a thousand members with everything that a member may say need less.
 *
 * @internal
 */
export const MAX_DOCUMENT: number = 2 ** 20;
/** Values in all, aliases written out: a thousand members with everything that a member may say need fewer. */
const MAX_VALUES = 100_000;

/**
 * What is too large in a document, found before its shape is checked: that takes memory for each entry, and a cut document would be wrong in
 * other ways.
 *
 * @internal
 */
export function beyondBounds(document: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  let values = 0;
  const waiting: Place[] = [{ value: document }];
  // No recursion, and an end although the data may hold itself.
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value } = place;
    if (typeof value !== 'object' || value === null) continue;
    const keys = Object.keys(value);
    if (keys.length > MAX_ENTRIES) {
      issues.push(tooMany(keysOf(place), keys.length));
      continue;
    }
    values += keys.length;
    if (values > MAX_VALUES) return [tooLarge()];
    for (const key of keys)
      waiting.push({
        value: Reflect.get(value, key),
        at: { map: place, key: Array.isArray(value) ? Number(key) : key },
      });
  }
  return issues;
}

/** @internal */
export function tooLong(text: string): Issue | undefined {
  if (text.length <= MAX_DOCUMENT) return undefined;
  return {
    code: 'file-too-large',
    path: '',
    message: 'The document is too large.',
    cure: 'A document and the files it names are at most 1 MiB each.',
    line: 1,
    column: 1,
  };
}

/** @internal */
export function tooLarge(): Issue {
  return {
    code: 'too-many-entries',
    path: '',
    message: 'The document has more values than any cluster needs.',
    cure: `Write at most ${MAX_VALUES} values in all.`,
  };
}

interface Place {
  readonly value: unknown;
  /** Absent at the top. A path for each value would be quadratic in their depth. */
  readonly at?: { readonly map: Place; readonly key: string | number };
}

function keysOf(place: Place): Keys {
  const keys: (string | number)[] = [];
  for (let at = place.at; at !== undefined; at = at.map.at) keys.push(at.key);
  return keys.reverse();
}

function tooMany(keys: Keys, length: number): Issue {
  const path = formatPath(keys);
  return {
    code: 'too-many-entries',
    path,
    message: `${path === '' ? 'The document' : path} has ${length} entries, which is too many.`,
    cure: `Write at most ${MAX_ENTRIES}.`,
  };
}
