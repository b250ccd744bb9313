import { holdsPrivateKey } from './private-key.js';
import { escapeUnprintable } from './unprintable.js';

const LONGEST = 80;
/** Between one URL and the next of a list; a comma or a space anywhere else may be part of a password. */
const BETWEEN_URLS = /(?<=[\s,])(?=[\w.+=-]*:\/\/)/;

/**
 * A value as a message shows it: quoted, cut to a readable length, unprintable characters escaped. A character that only looks like
 * ASCII is named; private keys and passwords are left out, because messages go to logs.
 *
 * @internal
 */
export function quoteValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return shorten(String(value));
  if (holdsPrivateKey(value)) return 'a private key';
  const shown = maskPasswords(value);
  return escapeUnprintable(JSON.stringify(shorten(shown))) + lookalikeNote(shown);
}

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/**
 * RFC 3986, 3.2.1 puts a user's password between "//" and "@". It may not hold "/", "?", "#" or "@" unescaped, and operators write them,
 * so all up to the last "@" is taken for it. No pattern: one that looks for "@" from each "//" is quadratic.
 *
 * @internal
 */
export function maskPasswords(text: string): string {
  return text.split(BETWEEN_URLS).map(maskPassword).join('');
}

function maskPassword(url: string): string {
  const [start, end] = [url.indexOf('//'), url.lastIndexOf('@')];
  return start < 0 || end < start ? url : `${url.slice(0, start)}//…${url.slice(end)}`;
}

function lookalikeNote(text: string): string {
  const letter = /[^…\p{ASCII}\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u.exec(text)?.[0];
  if (letter === undefined) return '';
  const point = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return ` (${letter} is U+${point})`;
}
