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

/** One character of UTF-8 (RFC 3629, 4), its octets as characters, or one octet that belongs to none. */
const UNIT =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[^ !#-[\]-~]/g;

/**
 * A text as Go's `%q` shows it (`strconv.Quote`): UTF-8 where it is some, escapes for what does not print.
 *
 * @param octets - one character an octet
 * @internal
 */
export function goQuote(octets: string): string {
  return `"${octets.replace(UNIT, (unit) => SHORT[unit] ?? (unit.length === 1 ? hexEscape(unit) : shown(unit)))}"`;
}

function hexEscape(octet: string): string {
  return `\\x${octet.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function shown(unit: string): string {
  const [lead = 0, ...rest] = Array.from(unit, (octet) => octet.charCodeAt(0));
  const code = rest.reduce((sum, octet) => sum * 64 + (octet & 0x3f), lead & (0x7f >> unit.length));
  const character = String.fromCodePoint(code);
  if (isPrint(character)) return character;
  const digits = code.toString(16);
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

/** Go `strconv`, IsPrint. Made when it is asked for: the classes of Unicode take V8 a while. */
function isPrint(character: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);
}
