import type { Issue } from '../errors.js';
import { parsePath } from './path.js';

/**
 * Puts issues into the order in which the operator reads the document; what is missing comes last in its map.
 *
 * @internal
 */
export function inDocumentOrder(issues: readonly Issue[], document: unknown): readonly Issue[] {
  const placed = issues.map((issue) => ({ issue, place: placeOf(issue.path, document) }));
  return placed.sort((a, b) => comparePlaces(a.place, b.place)).map(({ issue }) => issue);
}

function placeOf(path: string, document: unknown): readonly number[] {
  let value = document;
  return parsePath(path).map((key) => {
    const keys: readonly string[] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    const place = keys.indexOf(String(key));
    value = typeof value === 'object' && value !== null && place >= 0 ? Reflect.get(value, key) : undefined;
    return place < 0 ? Number.POSITIVE_INFINITY : place;
  });
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (const [index, place] of a.entries()) {
    const other = b[index] ?? -1;
    if (place !== other) return place < other ? -1 : 1;
  }
  return a.length < b.length ? -1 : 0;
}
