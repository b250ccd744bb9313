import { parseAllDocuments } from 'yaml';
import { parseTokens } from '../../document/yaml/nesting.js';

const MAX_ALIASES = 100;
/**
 * Bytes of a file that may hold YAML; a manifest has a few kilobytes.
 *
 * @internal
 */
export const MAX_YAML = 65_536;
const MAX_ANCHORS = 200;
const MAX_QUOTES = 8_192;
/** Of maps and lists in each other; a pod has a dozen. */
const MAX_LEVELS = 100;

/**
 * Whether a text is as short and simple as a configuration: the parser takes more than linear time for anchors, aliases and quotes.
 *
 * @internal
 */
export function isReadableYaml(text: string): boolean {
  if (text.length > MAX_YAML) return false;
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  if (count(/[&*][^\s]/g) > MAX_ANCHORS || count(/["']/g) > MAX_QUOTES) return false;
  return parseTokens(text, MAX_LEVELS).type === 'tokens';
}

/**
 * The documents of a YAML file as plain values; none of what cannot be read.
 *
 * @internal
 */
export function yamlValues(text: string): readonly unknown[] {
  if (!isReadableYaml(text)) return [];
  try {
    const documents = parseAllDocuments(text, { uniqueKeys: false, merge: true, logLevel: 'silent' });
    return 'empty' in documents
      ? []
      : documents.map((document): unknown =>
          document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: MAX_ALIASES }),
        );
  } catch {
    return [];
  }
}

/**
 * What lies at a path of keys.
 *
 * @internal
 */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let inner = value;
  for (const key of keys) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = Reflect.get(inner, key);
  }
  return inner;
}

/** @internal */
export function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const inner = at(value, ...keys);
  return typeof inner === 'string' || typeof inner === 'number' ? String(inner) : undefined;
}

/** @internal */
export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  const inner = at(value, ...keys);
  return Array.isArray(inner) ? inner : [];
}

/** @internal */
export function textsAt(value: unknown, ...keys: readonly string[]): readonly string[] {
  return listAt(value, ...keys).filter((item) => typeof item === 'string');
}
