import * as v from 'valibot';
import type { ClusterDocument } from '../cluster-document.js';
import type { Issue } from '../errors.js';
import { issueKind } from '../issue-codes.js';
import { childPath } from '../text/child-path.js';
import { nearest } from '../text/nearest.js';
import { quoteValue } from '../text/quote-value.js';
import { entryOf, foreignWord, mapOf, membersOfMap } from './foreign-words.js';
import { formatPath, type Keys, parsePath } from './path.js';
import { clusterDocument } from './schema.js';

/**
 * The document where its shape is right, or everything that is wrong with its shape.
 *
 * @internal
 */
export type Shape =
  | { readonly type: 'document'; readonly document: ClusterDocument }
  | { readonly type: 'issues'; readonly issues: readonly Issue[] };

/**
 * Checks the shape of what was read: keys, types, enumerations, simple patterns.
 *
 * @internal
 */
export function parseShape(input: unknown): Shape {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return {
      type: 'issues',
      issues: [
        {
          code: 'document-not-a-map',
          path: '',
          message: `The document is ${input === null || input === undefined ? 'empty' : quoteValue(input)}, not a map.`,
          cure: 'Write at least members: [{name: e1, address: 10.0.0.1}].',
        },
      ],
    };
  }
  const found = unknownKeys(clusterDocument, input, []);
  const result = v.safeParse(clusterDocument, input, { abortPipeEarly: true });
  if (result.success && found.length === 0) return { type: 'document', document: result.output };
  const others = (result.issues ?? []).filter(
    ({ type, expected }) => type !== 'strict_object' || expected !== 'never',
  );
  const lists = new Set(found.filter(({ code }) => issueKind(code) === 'wrong-type').map(({ path }) => path));
  const meant = new Set(found.flatMap(meantPlaces));
  const issues = others
    .map(toIssue)
    .filter(({ code, path }) => !isAtOrBelow(path, lists) && !(code === 'missing-key' && meant.has(path)));
  return { type: 'issues', issues: [...found, ...issues] };
}

/** What is there, under another word. */
function meantPlaces({ code, path, cure }: Issue): readonly string[] {
  if (code !== 'unknown-key') return [];
  const parent = formatPath(parsePath(path).slice(0, -1));
  const [, word] = /^Did you mean ([A-Za-z-]+)\?$/.exec(cure) ?? [];
  if (word !== undefined) return [childPath(parent, word)];
  return cure.startsWith('Write {name: ') ? [childPath(parent, 'name'), childPath(parent, 'address')] : [];
}

const MAPS: readonly string[] = ['record', 'strict_object'];
/** Names that every object has, which valibot leaves out of records. */
const NO_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** All of them: valibot names the first of each map, takes `toString` for known, and lists for maps. */
function unknownKeys(schema: unknown, value: unknown, keys: Keys): readonly Issue[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = unwrap(schema);
  const children = Object.entries(value);
  if (Array.isArray(value) && MAPS.includes(String(property(inner, 'type')))) return [notAMap(keys, value)];
  switch (property(inner, 'type')) {
    case 'array':
      return children.flatMap(([index, child]) =>
        unknownKeys(property(inner, 'item'), child, [...keys, Number(index)]),
      );
    case 'record':
      return children.flatMap(([key, child]) =>
        NO_KEYS.includes(key)
          ? [unknownKey(keys, key, [])]
          : unknownKeys(property(inner, 'value'), child, [...keys, key]),
      );
    case 'strict_object': {
      const entries = new Map<string, unknown>(Object.entries(property(inner, 'entries') ?? {}));
      const named = namedMember(keys, children, entries);
      if (named !== undefined) return [named];
      return children.flatMap(([key, child]) =>
        entries.has(key)
          ? unknownKeys(entries.get(key), child, [...keys, key])
          : [unknownKey(keys, key, [...entries.keys()])],
      );
    }
    default:
      return [];
  }
}

/** A member as `e1: 10.0.0.1`. */
function namedMember(
  keys: Keys,
  children: readonly (readonly [string, unknown])[],
  entries: ReadonlyMap<string, unknown>,
): Issue | undefined {
  const [[name, value] = ['', undefined], ...others] = children;
  const [list, index] = keys;
  if (list !== 'members' || typeof index !== 'number' || keys.length !== 2 || others.length > 0)
    return undefined;
  if (entries.has(name) || typeof value !== 'string' || foreignWord(keys, name) !== undefined)
    return undefined;
  return {
    code: 'unknown-key',
    path: formatPath([...keys, name]),
    message: `${quoteValue(name)} is not a key of ${formatPath(keys)}.`,
    cure: `Write ${entryOf('members', `${name}=${value}`, index)}.`,
  };
}

function notAMap(keys: Keys, value: unknown): Issue {
  const path = formatPath(keys);
  const [first, index] = keys;
  const entry =
    (first === 'members' || first === 'clients') && typeof index === 'number' && keys.length === 2
      ? entryOf(first, value, index)
      : mapOf(keys.join('.'), value);
  const flags = path.endsWith('settings') ? 'Write a map of flags: {heartbeat-interval: 250}.' : undefined;
  const cure = entry === undefined ? (flags ?? 'Write a map of keys.') : `Write ${entry}.`;
  return { code: 'not-a-map', path, message: `${path} is ${quoteValue(value)}, not a map.`, cure };
}

function isAtOrBelow(path: string, places: ReadonlySet<string>): boolean {
  let above = '';
  return parsePath(path).some((key) => {
    above = childPath(above, key);
    return places.has(above);
  });
}

/** What people look for here and this format leaves out, and what there is in its place (docs/decisions.md). */
const LEFT_OUT: Readonly<Record<string, string>> = {
  container:
    'Remove it: etcd runs as a systemd service or, with kubernetes.staticPod: true, as a static pod. Where a container of your own runs it, write etcd.config: environment or yaml and give it that file and certificates.directory.',
};

function unknownKey(keys: Keys, key: string, known: readonly string[]): Issue {
  const suggestion = nearest(key, known);
  const leftOut =
    keys.length === 0 && Object.hasOwn(LEFT_OUT, key) ? LEFT_OUT[key] : foreignWord(keys, key, known);
  const others =
    leftOut !== undefined ? leftOut : known.length === 0 ? 'Remove it.' : `Known keys: ${known.join(', ')}.`;
  return {
    code: 'unknown-key',
    path: formatPath([...keys, key]),
    message: `${quoteValue(key)} is not a key of ${keys.length === 0 ? 'the document' : formatPath(keys)}.`,
    cure: leftOut !== undefined || suggestion === undefined ? others : `Did you mean ${suggestion}?`,
  };
}

function toIssue(issue: v.BaseIssue<unknown>): Issue {
  const keys = (issue.path ?? []).map((item) => (typeof item.key === 'number' ? item.key : String(item.key)));
  const path = formatPath(keys);
  const last = String(keys.at(-1) ?? '');
  if (issue.type === 'strict_object') {
    const parent = formatPath(keys.slice(0, -1));
    const where = parent === '' ? 'the document' : parent;
    if (issue.input === undefined && keys.length > 0) {
      return { code: 'missing-key', path, message: `${last} is missing.`, cure: `Add ${last} to ${where}.` };
    }
    return notAMap(keys, issue.input);
  }
  if (issue.input === undefined)
    return { code: 'missing-key', path, message: `${last} is missing.`, cure: issue.message };
  if (issue.type === 'max_length' && Array.isArray(issue.input)) {
    const message = `${describe(keys)} has ${issue.input.length} entries, which is too many.`;
    return { code: 'too-many-entries', path, message, cure: issue.message };
  }
  const isListed = issue.type === 'picklist' || issue.type === 'literal';
  const isType = issue.kind === 'schema' && !isListed;
  const isCollection = typeof issue.input === 'object' && issue.input !== null;
  return {
    code: isType ? 'wrong-type' : isListed ? 'unlisted-value' : 'malformed-value',
    path,
    message: isCollection
      ? `${describe(keys)} is ${quoteValue(issue.input)}, which does not fit.`
      : `${quoteValue(issue.input)} is not a valid ${describe(keys)}.`,
    cure:
      issue.type === 'picklist'
        ? enumerationCure(issue)
        : (mapAsListCure(keys, issue.input) ?? issue.message),
  };
}

/** Members by their names, as other tools have them. */
function mapAsListCure(keys: Keys, input: unknown): string | undefined {
  if (keys.length !== 1 || keys[0] !== 'members' || typeof input !== 'object' || input === null)
    return undefined;
  return `Write a list: members: ${membersOfMap(input)}.`;
}

/** The schema's cure lists all values; one that is nearly what was written comes first. */
function enumerationCure({ expected, input, message }: v.BaseIssue<unknown>): string {
  const values = [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, value = '']) => value);
  const near = typeof input === 'string' ? nearest(input, values) : undefined;
  return near === undefined ? message : `Did you mean ${near}? ${message}`;
}

function describe(keys: Keys): string {
  const last = keys.at(-1);
  if (typeof last === 'number') return `entry of ${describe(keys.slice(0, -1))}`;
  // A key of the operator's own is a value like any other.
  return last === undefined || /^[A-Za-z]\w*$/.test(last) ? (last ?? 'document') : quoteValue(last);
}

/** Through `optional`, which wraps a schema, and `pipe`, whose object carries what its first schema has. */
function unwrap(schema: unknown): unknown {
  const wrapped = property(schema, 'wrapped');
  return wrapped === undefined ? schema : unwrap(wrapped);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
