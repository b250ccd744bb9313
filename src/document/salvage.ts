import type { Issue } from '../errors.js';
import { type Keys, parsePath } from './path.js';
import { parseShape, type Shape } from './shape.js';

/**
 * Removes what is wrong with a document's shape, so that the rest can be checked too and all problems are said at once. Members
 * keep their places: a missing name or address gets one that nobody can have written.
 *
 * @param input - the document; it is not changed
 * @internal
 */
export function salvageShape(input: unknown): Shape {
  let rest = input;
  let shape = parseShape(rest);
  // Each round removes something or goes one level up, so the depth of the schema bounds the rounds.
  for (let round = 0; round < 8 && shape.type === 'issues'; round += 1) {
    for (const issue of shape.issues) rest = repair(rest, issue);
    shape = parseShape(rest);
  }
  return shape;
}

function repair(document: unknown, issue: Issue): unknown {
  const keys = parsePath(issue.path);
  const [first, index, key] = keys;
  if (
    first === 'members' &&
    typeof index === 'number' &&
    keys.length >= 3 &&
    (key === 'name' || key === 'address')
  ) {
    return setAt(
      document,
      [first, index, key],
      key === 'name' ? `member-${index}` : `2001:db8::${(index + 1).toString(16)}`,
    );
  }
  const target = issue.code === 'missing' ? keys.slice(0, -1) : keys;
  const lastText = target.findLastIndex((part) => typeof part === 'string');
  return lastText < 0 ? document : deleteAt(document, target.slice(0, lastText + 1));
}

function setAt(document: unknown, keys: Keys, value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(document))
    return document.map((item, index) => (index === key ? setAt(item, rest, value) : item));
  if (!isMap(document)) return document;
  return { ...document, [key]: setAt(document[key], rest, value) };
}

function deleteAt(document: unknown, keys: Keys): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return document;
  if (Array.isArray(document))
    return document.map((item, index) => (index === key ? deleteAt(item, rest) : item));
  if (!isMap(document) || !Object.hasOwn(document, key)) return document;
  if (rest.length > 0) return { ...document, [key]: deleteAt(document[key], rest) };
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== String(key)));
}

function isMap(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
