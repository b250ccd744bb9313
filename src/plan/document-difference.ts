import { type Keys, parsePath } from '../document/path.js';
import { readYaml } from '../document/yaml/read-yaml.js';
import { childPath } from '../text/child-path.js';

/**
 * In which keys two documents differ as they are written, whatever the keys mean.
 *
 * @internal
 */
export interface DocumentDifference {
  /** The deepest keys with another value, in the order of the wanted document, then those that are gone. */
  readonly changed: readonly string[];
  /** Whether anything at a path, or above it or below it, is other than before. */
  readonly isChanged: (path: string) => boolean;
  /** What the former document has at a path; undefined where it has nothing. */
  readonly formerAt: (path: string) => unknown;
}

/**
 * @param former - the text of a document that was read without a fault, as `wanted`; its members are taken to stand where those of the same
 * names do in `wanted`
 * @internal
 */
export function compareDocuments(former: string, wanted: string): DocumentDifference {
  const [read, after] = [former, wanted].map((text) => readYaml(text).value);
  const before = inOrderOf(read, after);
  const changed = changedKeys(before, after, '');
  return {
    changed,
    isChanged: (path) => !isSame(valueAt(before, path), valueAt(after, path)),
    formerAt: (path) => valueAt(before, path),
  };
}

function inOrderOf(before: unknown, after: unknown): unknown {
  const [was, is] = [before, after].map((document) => entryOf(document, 'members'));
  if (typeof before !== 'object' || !Array.isArray(was) || !Array.isArray(is)) return before;
  const formers = new Map(was.map((member: unknown) => [entryOf(member, 'name'), member]));
  const wanted = new Set(is.map((member: unknown) => entryOf(member, 'name')));
  const gone = was.filter((member: unknown) => !wanted.has(entryOf(member, 'name')));
  return {
    ...before,
    members: [...is.map((member: unknown) => formers.get(entryOf(member, 'name'))), ...gone],
  };
}

function valueAt(document: unknown, path: string): unknown {
  const keys: Keys = parsePath(path);
  return keys.reduce<unknown>(entryOf, document);
}

function entryOf(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

function changedKeys(before: unknown, after: unknown, path: string): readonly string[] {
  if (isSame(before, after)) return [];
  const [was, is] = [entriesOf(before), entriesOf(after)];
  const keys = [...is.keys(), ...[...was.keys()].filter((key) => !is.has(key))];
  if (keys.length === 0 || isScalar(before) || isScalar(after)) return [path];
  return keys.flatMap((key) => changedKeys(was.get(key), is.get(key), childPath(path, key)));
}

function isSame(before: unknown, after: unknown): boolean {
  return dataText(before) === dataText(after);
}

/**
 * Data of a document as JSON, whole numbers of any size included.
 *
 * @internal
 */
export function dataText(value: unknown): string {
  return JSON.stringify(value, (_, entry) => (typeof entry === 'bigint' ? String(entry) : entry)) ?? '';
}

function isScalar(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}

/** None for what has no keys. */
function entriesOf(value: unknown): ReadonlyMap<string | number, unknown> {
  if (Array.isArray(value)) return new Map(value.map((entry, index) => [index, entry]));
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
