/** Control and invisible characters, those that turn the direction of text, and those that are none. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const LONGEST = 80;

/**
 * A value as it stands in a message: quoted, cut to a readable length, unprintable characters escaped. A character that only looks like
 * ASCII is named; private keys and passwords are left out, because messages go to logs.
 *
 * @internal
 */
export function quoteValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return shorten(String(value));
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(value)) return 'a private key';
  const shown = maskPassword(value);
  return escapeUnprintable(JSON.stringify(shorten(shown))) + lookalikeNote(shown);
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** RFC 3986, 3.2.1: what stands between "//" and the last "@" before the path. */
function maskPassword(text: string): string {
  return text.replace(/\/\/[^/?#\s]*@/, '//…@');
}

function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function lookalikeNote(text: string): string {
  const letter = /[^…\p{ASCII}\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u.exec(text)?.[0];
  if (letter === undefined) return '';
  const point = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return ` (${letter} is U+${point})`;
}
