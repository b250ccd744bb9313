const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
};

/**
 * A text as Go's `%q` shows it (`strconv.Quote`).
 *
 * @param ascii - one character an octet
 * @internal
 */
export function goQuote(ascii: string): string {
  return `"${ascii.replace(/[^ !#-[\]-~]/g, (character) => SHORT[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`;
}
