import * as v from 'valibot';
import type { Issue } from '../errors.js';
import { nearest } from '../text/nearest.js';
import type { ClusterDocument } from './cluster-document.js';
import { quoteValue } from './issue-list.js';
import { formatPath } from './path.js';
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
          code: 'wrong-type',
          path: '',
          message: `The document is ${input === null || input === undefined ? 'empty' : quoteValue(input)}, not a map.`,
          cure: 'Write at least members: [{name: e1, address: 10.0.0.1}].',
        },
      ],
    };
  }
  const result = v.safeParse(clusterDocument, input);
  return result.success
    ? { type: 'document', document: result.output }
    : { type: 'issues', issues: result.issues.map(toIssue) };
}

function toIssue(issue: v.BaseIssue<unknown>): Issue {
  const keys = (issue.path ?? []).map((item) => (typeof item.key === 'number' ? item.key : String(item.key)));
  const path = formatPath(keys);
  const last = String(keys.at(-1) ?? '');
  if (issue.type === 'strict_object') {
    const parent = formatPath(keys.slice(0, -1));
    const where = parent === '' ? 'the document' : parent;
    if (issue.expected === 'never') {
      return {
        code: 'unknown-key',
        path,
        message: `${quoteValue(last)} is not a key of ${where}.`,
        cure: keyCure(issue, last),
      };
    }
    if (issue.input === undefined && keys.length > 0) {
      return { code: 'missing', path, message: `${last} is missing.`, cure: `Add ${last} to ${where}.` };
    }
    return {
      code: 'wrong-type',
      path,
      message: `${path} is ${quoteValue(issue.input)}, not a map.`,
      cure: 'Write a map of keys.',
    };
  }
  if (issue.input === undefined)
    return { code: 'missing', path, message: `${last} is missing.`, cure: issue.message };
  const isType = issue.kind === 'schema' && issue.type !== 'picklist' && issue.type !== 'literal';
  return {
    code: isType ? 'wrong-type' : 'invalid-value',
    path,
    message: `${quoteValue(issue.input)} is not a valid ${describe(keys)}.`,
    cure: issue.message,
  };
}

function describe(keys: readonly (string | number)[]): string {
  const last = keys.at(-1);
  if (typeof last === 'number') return `entry of ${String(keys.at(-2) ?? 'the list')}`;
  return last === undefined ? 'document' : last;
}

function keyCure(issue: v.BaseIssue<unknown>, key: string): string {
  const known = knownKeys(issue);
  const suggestion = nearest(key, known);
  if (suggestion !== undefined) return `Did you mean ${suggestion}?`;
  return known.length === 0 ? 'Remove it.' : `Known keys: ${known.join(', ')}.`;
}

/** The keys of the map that the issue's path leads to, read from the schema itself. */
function knownKeys(issue: v.BaseIssue<unknown>): readonly string[] {
  let schema: unknown = clusterDocument;
  for (const item of (issue.path ?? []).slice(0, -1)) schema = childSchema(schema, item.key);
  const entries = property(unwrap(schema), 'entries');
  return typeof entries === 'object' && entries !== null ? Object.keys(entries) : [];
}

function childSchema(schema: unknown, key: unknown): unknown {
  const inner = unwrap(schema);
  return typeof key === 'number'
    ? property(inner, 'item')
    : property(property(inner, 'entries'), String(key));
}

/** Through `optional`, which wraps a schema, and `pipe`, whose object carries what its first schema has. */
function unwrap(schema: unknown): unknown {
  const wrapped = property(schema, 'wrapped');
  return wrapped === undefined ? schema : unwrap(wrapped);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
