import type { Issue } from '../errors.js';
import { issueKind } from '../issue-codes.js';
import { type Keys, parsePath } from './path.js';
import { parseShape, type Shape } from './shape.js';

/**
 * Removes what is wrong with a document's shape, so that the rest can be checked too and all problems are said at once. Members
 * keep their places: a missing member, name or address gets one that nobody can have written.
 *
 * @param input - the document; it is not changed
 * @internal
 */
export function salvageShape(input: unknown): Shape {
  let rest = input;
  let shape = parseShape(rest);
  // Each round removes something or goes one level up, so the depth of the schema bounds the rounds.
  for (let round = 0; round < 8 && shape.type === 'issues'; round += 1) {
    rest = applyRepairs(rest, collectRepairs(shape.issues));
    shape = parseShape(rest);
  }
  return shape;
}

/** What is to be done at one place of the document, and below it. */
interface Repairs {
  readonly below: Map<string | number, Repairs>;
  action?: { readonly type: 'remove' } | { readonly type: 'set'; readonly value: unknown };
}

/** One tree for all issues, so that the document is copied once a round however many there are. */
function collectRepairs(issues: readonly Issue[]): Repairs {
  const root: Repairs = { below: new Map() };
  for (const issue of issues) {
    const { keys, action } = repairFor(issue);
    let place = root;
    for (const key of keys) {
      const next = place.below.get(key) ?? { below: new Map() };
      place.below.set(key, next);
      place = next;
    }
    if (keys.length > 0) place.action = action;
  }
  return root;
}

function repairFor(issue: Issue): {
  readonly keys: Keys;
  readonly action: NonNullable<Repairs['action']>;
} {
  const keys = parsePath(issue.path);
  const [first, index, key] = keys;
  if (first === 'members' && keys.length === 1)
    return { keys, action: { type: 'set', value: [placeholder(0)] } };
  if (first === 'members' && typeof index === 'number') {
    const member = placeholder(index);
    if (keys.length === 2) return { keys, action: { type: 'set', value: member } };
    if (key === 'name' || key === 'address')
      return { keys: [first, index, key], action: { type: 'set', value: member[key] } };
  }
  const target = issueKind(issue.code) === 'missing' ? keys.slice(0, -1) : keys;
  const lastText = target.findLastIndex((part) => typeof part === 'string');
  return { keys: target.slice(0, lastText + 1), action: { type: 'remove' } };
}

/** 100::/64 is for packets that are thrown away (RFC 6666). */
function placeholder(index: number): { readonly name: string; readonly address: string } {
  const [high, low] = [Math.floor((index + 1) / 0x10000), (index + 1) % 0x10000];
  return { name: `member-${index}`, address: `100::${high.toString(16)}:${low.toString(16)}` };
}

function applyRepairs(value: unknown, { below }: Repairs): unknown {
  if (below.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => {
      const repairs = below.get(index);
      if (repairs === undefined) return item;
      return repairs.action?.type === 'set' ? repairs.action.value : applyRepairs(item, repairs);
    });
  }
  const entries = Object.entries(value).flatMap(([key, child]): readonly [string, unknown][] => {
    const repairs = below.get(key);
    if (repairs === undefined) return [[key, child]];
    return repairs.action === undefined ? [[key, applyRepairs(child, repairs)]] : [];
  });
  const set = [...below].flatMap(([key, { action }]): readonly [string, unknown][] =>
    action?.type === 'set' ? [[String(key), action.value]] : [],
  );
  return Object.fromEntries([...entries, ...set]);
}
