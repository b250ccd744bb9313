import type { CliIo } from './io.js';

/**
 * One line on a terminal that says how far a run is; nothing anywhere else.
 *
 * @internal
 */
export interface Progress {
  readonly show: (done: number, total: number) => void;
  /** Before anything else is printed. */
  readonly erase: () => void;
}

const ERASE_LINE = '\r\x1b[K';

/** @internal */
export function createProgress(what: string, { stderr, env }: CliIo): Progress {
  let shown = '';
  if (!stderr.isTTY || env['TERM'] === 'dumb') return { show: () => undefined, erase: () => undefined };
  return {
    show: (done, total) => {
      // At most a hundred updates, regardless of the number of items.
      const step = Math.max(1, Math.floor(total / 100));
      if (done % step !== 0) return;
      shown = `${what} ${done}/${total}`;
      stderr.write(`${ERASE_LINE}${shown}`);
    },
    erase: () => {
      if (shown !== '') stderr.write(ERASE_LINE);
      shown = '';
    },
  };
}
