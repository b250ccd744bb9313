import { escapeUnprintableInJson } from '../text/unprintable.js';
import type { CliIo, CliStream } from './io.js';

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

/**
 * A number of things: `1 error`, `2 errors`.
 *
 * @internal
 */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/**
 * What `--json` prints, fit for a terminal too.
 *
 * @internal
 */
export function jsonText(value: object): string {
  return `${escapeUnprintableInJson(JSON.stringify(value, undefined, 2))}\n`;
}
