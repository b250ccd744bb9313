const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['quot', '"'],
  ['apos', "'"],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['nbsp', ' '],
]);
const ENTITY = /&(?:(quot|apos|lt|gt|amp|nbsp)|#(\d{2,5})|#x([0-9a-f]{2,4}));/gi;
const SMART = /[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u201b\u00a0\u202f]/g;
const DOUBLE_QUOTES = '\u201c\u201d\u201e\u201f\u00ab\u00bb';
const SPACES = '\u00a0\u202f';
/** What a word processor makes of the two dashes before a flag. */
const LONG_DASH = /(^|[\s"'(=[])[\u2013\u2014](?=[a-z])/g;
const ESCAPE_SEQUENCE = /(?:\u001b|#033)\[[\d;]{0,20}[A-Za-z]/g;
const NOT_ASCII = /[^\u0020-\u007e]/;

/**
 * The text as its program wrote it: web pages turn quotes into entities, word processors into curly ones, terminals add colours.
 *
 * @internal
 */
export function restorePlainText(text: string): string {
  const decoded = text.includes('&') ? decodeTwice(text) : text;
  const coloured = decoded.includes('#033[') || NOT_ASCII.test(decoded);
  if (!coloured) return decoded;
  return decoded.replace(ESCAPE_SEQUENCE, '').replace(SMART, plainOf).replace(LONG_DASH, '$1--');
}

/** A page that quotes a page encodes its ampersands again. */
function decodeTwice(text: string): string {
  return text.replace(ENTITY, decode).replace(ENTITY, decode);
}

function decode(whole: string, name?: string, decimal?: string, hexadecimal?: string): string {
  if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code >= 0x20 && code <= 0xffff ? String.fromCharCode(code) : whole;
}

function plainOf(character: string): string {
  if (DOUBLE_QUOTES.includes(character)) return '"';
  return SPACES.includes(character) ? ' ' : "'";
}
