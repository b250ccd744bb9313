import { wrapAnsi } from 'fast-wrap-ansi';
import { escapeUnprintableInJson } from '../text/unprintable.js';
import type { CliIo, CliStream } from './io.js';

/** @internal */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
  /** Characters of a line; infinite where nobody looks at a window. */
  readonly width: number;
  /**
   * Breaks a line between words, so that it fits the width behind an indent, which all but the first line get. A longer word stays whole and can
   * be copied.
   */
  readonly wrap: (text: string, indent: number) => string;
}

/**
 * Colours and width of a terminal. Colours are left out under NO_COLOR (https://no-color.org), and put in for a pipe or a file under FORCE_COLOR
 * (https://force-color.org); a log of CI is not a terminal.
 *
 * @internal
 */
export function styleFor(stream: CliStream, { env }: Pick<CliIo, 'env'>): Style {
  const { isTTY } = stream;
  const isColoured = hasColours(isTTY, env);
  const paint = (on: number, off: number) => (text: string) =>
    isColoured ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  const width = (isTTY ? stream.columns : undefined) || Number.POSITIVE_INFINITY;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
    width,
    wrap: (text, indent) => wrapText(text, width, indent),
  };
}

function hasColours(isTTY: boolean, env: CliIo['env']): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced) return forced !== '0' && forced !== 'false';
  return isTTY && env['TERM'] !== 'dumb';
}

/** Characters, below which lines are not worth reading. */
const NARROWEST = 24;

function wrapText(text: string, width: number, indent: number): string {
  const room = Math.max(NARROWEST, width - indent);
  if (text.length <= room) return text;
  return wrapAnsi(text, room).replaceAll('\n', `\n${' '.repeat(indent)}`);
}

/**
 * What a level is painted with, in `verify` and `explain` alike.
 *
 * @internal
 */
export function levelStyle(level: string, { red, yellow, cyan }: Style): (text: string) => string {
  if (level === 'error') return red;
  return level === 'warning' ? yellow : cyan;
}

/**
 * What `--json` prints, fit for a terminal too.
 *
 * @internal
 */
export function jsonText(value: object): string {
  return `${escapeUnprintableInJson(JSON.stringify(value, undefined, 2))}\n`;
}
