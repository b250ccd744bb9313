import type { CliIo, CliStream } from './io.js';

/**
 * Text of a file or a certificate as it may be shown: what could move a terminal's cursor, hide text or turn its direction stands as an
 * escape.
 *
 * @internal
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

/** Control characters, soft hyphen, zero-width and bidirectional ones (Unicode categories Cc, Cf, Cs, Zl, Zp). */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** @internal */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
}

/**
 * Colours for a terminal, and none under NO_COLOR (https://no-color.org) or elsewhere.
 *
 * @internal
 */
export function styleFor(stream: CliStream, { env }: CliIo): Style {
  const isColoured = stream.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const wrap = (on: number, off: number) => (text: string) =>
    isColoured ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return { bold: wrap(1, 22), dim: wrap(2, 22), red: wrap(31, 39) };
}
