/** Nearly every text. Classes of Unicode take as long to compile as a certificate to issue, and are not needed for it. */
const PRINTED = /^[ -~]*$/;
const PRINTED_LINES = /^[\n -~]*$/;

/**
 * Text as it may be shown: what could move a terminal's cursor, hide text or turn its direction stands as an escape, `\u{202e}`.
 *
 * @internal
 */
export function escapeUnprintable(text: string): string {
  if (PRINTED.test(text)) return text;
  return text.replace(unprintable(), (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * JSON of the same meaning that may be shown: `JSON.stringify` escapes C0 and lone surrogates alone. Line feeds stay, which JSON has
 * between its values only.
 *
 * @internal
 */
export function escapeUnprintableInJson(json: string): string {
  if (PRINTED_LINES.test(json)) return json;
  return json.replace(unprintable(), (character) =>
    character === '\n' ? character : escapeUnits(character),
  );
}

/** Control and invisible characters, those that turn the direction of text, and those that are none. */
function unprintable(): RegExp {
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
}

/** RFC 8259, 7: UTF-16 units, and so two of them for a character beyond the basic plane. */
function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
