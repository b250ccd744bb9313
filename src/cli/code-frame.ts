import { holdsPrivateKey } from '../text/private-key.js';
import { maskPasswords } from '../text/quote-value.js';
import { escapeUnprintable } from '../text/unprintable.js';
import type { Style } from './text.js';

/** Characters that a frame shows of a line. */
const WIDTH = 96;
/** Characters before the caret, at most. */
const BEFORE = 60;
/** As long as what a private key is made of in any of its encodings, the label aside. */
const ENCODED = 40;
/** Before its value, as a key. */
const PASSPHRASE = /pass(?:phrase|word)?['"]?\s*[:=]/i;
const NOT_ENCODED = /[^A-Za-z0-9+/=_-]/;

/**
 * A line of a document, and a caret below the column that an issue is about.
 *
 * @param lines - of the document
 * @param line - from 1
 * @param column - from 1, in UTF-16 code units
 * @returns the empty string where the document has no such line, or the line holds a secret that a log must not have
 * @internal
 */
export function codeFrame(
  lines: readonly string[],
  line: number,
  column: number,
  style: Pick<Style, 'dim' | 'red'>,
): string {
  const text = lines[line - 1]?.replace(/\r$/, '');
  if (text === undefined || holdsSecret(text)) return '';
  const start = text.length <= WIDTH ? 0 : Math.max(0, column - 1 - BEFORE);
  const before = shown(text.slice(start, column - 1), start > 0, false);
  const after = shown(text.slice(column - 1, start + WIDTH), false, text.length > start + WIDTH);
  const number = String(line);
  const margin = ' '.repeat(number.length);
  return [
    `  ${style.dim(`${number} |`)} ${before}${after}`.trimEnd(),
    `  ${style.dim(`${margin} |`)} ${' '.repeat([...before].length)}${style.red('^')}`,
    '',
  ].join('\n');
}

function holdsSecret(text: string): boolean {
  return (
    holdsPrivateKey(text) ||
    text.split(NOT_ENCODED).some(({ length }) => length >= ENCODED) ||
    maskPasswords(text) !== text ||
    PASSPHRASE.test(text)
  );
}

function shown(text: string, isCutBefore: boolean, isCutAfter: boolean): string {
  // As wide as one space, so that the caret stands below its column.
  const escaped = escapeUnprintable(text.replace(/\t/g, ' '));
  return `${isCutBefore ? '…' : ''}${escaped}${isCutAfter ? '…' : ''}`;
}
