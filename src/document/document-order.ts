import type { Issue } from '../errors.js';
import { parsePath } from './path.js';

type Places = (map: object) => ReadonlyMap<string, number>;

/**
 * Puts issues into the order in which the operator reads the document; what is missing comes last in its map.
 *
 * @internal
 */
export function inDocumentOrder(issues: readonly Issue[], document: unknown): readonly Issue[] {
  const places = rememberPlaces();
  const placed = issues.map((issue) => ({ issue, place: placeOf(issue.path, document, places) }));
  return placed.sort((a, b) => comparePlaces(a.place, b.place)).map(({ issue }) => issue);
}

function placeOf(path: string, document: unknown, places: Places): readonly number[] {
  let value = document;
  return parsePath(path).map((key) => {
    const place = typeof value === 'object' && value !== null ? places(value).get(String(key)) : undefined;
    value =
      place !== undefined && typeof value === 'object' && value !== null
        ? Reflect.get(value, key)
        : undefined;
    return place ?? Number.POSITIVE_INFINITY;
  });
}

function rememberPlaces(): Places {
  const known = new Map<object, ReadonlyMap<string, number>>();
  return (map) => {
    const places = known.get(map) ?? new Map(Object.keys(map).map((key, index) => [key, index]));
    known.set(map, places);
    return places;
  };
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (const [index, place] of a.entries()) {
    const other = b[index] ?? -1;
    if (place !== other) return place < other ? -1 : 1;
  }
  return a.length < b.length ? -1 : 0;
}
