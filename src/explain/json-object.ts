/** @internal */
export type JsonObject = ReadonlyMap<string, unknown>;

/**
 * The object that a text holds, from its first brace to its last.
 *
 * @returns undefined where it is not JSON, or JSON that does not end
 * @internal
 */
export function parseObject(text: string): JsonObject | undefined {
  const end = text.lastIndexOf('}');
  if (end < 0) return undefined;
  return objectOf(parse(text.slice(0, end + 1)));
}

/** @internal */
export function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined;
}

/**
 * Where an object begins, in JSON or in JSON that was put into quotes once more.
 *
 * @internal
 */
export function objectStart(text: string): { readonly at: number; readonly isQuoted: boolean } | undefined {
  const plain = /\{\s{0,20}"/.exec(text)?.index;
  if (plain !== undefined) return { at: plain, isQuoted: false };
  const quoted = text.indexOf('{\\"');
  return quoted < 0 ? undefined : { at: quoted, isQuoted: true };
}

/**
 * A value as text; journalctl gives a message that is not UTF-8 as its octets.
 *
 * @internal
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return undefined;
  if (value.length > 0 && value.every((item) => typeof item === 'number'))
    return new TextDecoder().decode(Uint8Array.from(value));
  return value.filter((item) => typeof item === 'string').join(', ');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
