import { type GenericSchema, safeParse } from 'valibot';
import { childPath } from '../../text/child-path.js';
import { quoteValue } from '../../text/quote-value.js';
import type { ManifestFault } from './manifest-fault.js';

/**
 * Everything in which a value is not of a shape, found as it is asked for: a text may hold millions of faults, and nobody reads them all.
 *
 * @param schema - of objects and lists that are plain, whatever their entries are
 * @internal
 */
export function shapeFaults(schema: GenericSchema, value: unknown): Generator<ManifestFault> {
  return faultsAt(schema, value, '');
}

function* faultsAt(schema: GenericSchema, value: unknown, path: string): Generator<ManifestFault> {
  switch (schema.type) {
    case 'array': {
      const item = property(schema, 'item');
      if (!Array.isArray(value) || !isSchema(item)) break;
      const most = longestOf(schema);
      // Of a list that is too long nothing else is said.
      if (value.length > most)
        yield { path, message: `It has ${value.length} entries, and not at most ${most}.` };
      else for (const [index, entry] of value.entries()) yield* faultsAt(item, entry, childPath(path, index));
      return;
    }
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) break;
      for (const [key, entry] of Object.entries(property(schema, 'entries') ?? {})) {
        if (!isSchema(entry)) continue;
        const wrapped = property(entry, 'wrapped');
        const inner = isSchema(wrapped) ? wrapped : entry;
        if (Object.hasOwn(value, key)) yield* faultsAt(inner, property(value, key), childPath(path, key));
        else if (inner === entry) yield { path: childPath(path, key), message: 'It is missing.' };
      }
      return;
    }
  }
  const fault = firstFault(schema, value, path);
  if (fault !== undefined) yield fault;
}

function firstFault(schema: GenericSchema, value: unknown, path: string): ManifestFault | undefined {
  const { issues } = safeParse(schema, value, { abortEarly: true });
  const [issue] = issues ?? [];
  if (issue === undefined) return undefined;
  const keys = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  // What has no words of its own is told by valibot's: a type, or a choice of texts.
  const wanted = issue.message.startsWith('Invalid ') ? (issue.expected ?? 'so') : issue.message;
  return {
    path: keys.reduce<string>(childPath, path),
    message: `It is ${quoteValue(issue.input)}, and not ${wanted}.`,
  };
}

/** What `maxLength` says in the pipe of a list. */
function longestOf(schema: GenericSchema): number {
  const pipe = property(schema, 'pipe');
  const action = Array.isArray(pipe)
    ? pipe.find((item: unknown) => property(item, 'type') === 'max_length')
    : undefined;
  const most = property(action, 'requirement');
  return typeof most === 'number' ? most : Number.POSITIVE_INFINITY;
}

function isSchema(value: unknown): value is GenericSchema {
  return property(value, 'kind') === 'schema';
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
