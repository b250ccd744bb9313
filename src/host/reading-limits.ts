import type { RootGap } from './root-gap.js';

/** Bytes of one configuration file. */
const MAX_FILE = 262_144;
/** Bytes of all configuration that is read of a host, those of a file as often as it is named. */
const MAX_TOTAL = 32 * 2 ** 20;
/** What the smallest file counts for: opening it a million times takes time as well. */
const MIN_COST = 2_048;
/** Commands of one host that are followed to what runs in the end: a member takes a handful. */
const MAX_COMMANDS = 1_000;

/**
 * What reading one host may take, so that no file of it keeps the reader for long; and what was left out for that.
 *
 * @internal
 */
export class ReadingLimits {
  readonly #leftOut = new Map<string, RootGap>();
  #bytes = MAX_TOTAL;
  #commands = MAX_COMMANDS;

  /** Each once. */
  get leftOut(): readonly RootGap[] {
    return [...this.#leftOut.values()];
  }

  /** Text of a configuration file: its beginning where it is larger than the limit, in bytes; what is not UTF-8 comes as U+FFFD. */
  text(
    { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
    limit: number = MAX_FILE,
  ): string {
    this.#bytes -= Math.max(MIN_COST, Math.min(bytes.length, limit));
    if (this.#bytes < 0) {
      this.leaveOut(
        path,
        `is not read: the configuration that is named comes to more than ${MAX_TOTAL / 2 ** 20} MiB`,
      );
      return '';
    }
    if (bytes.length > limit) this.leaveOut(path, `is read up to ${limit / 1024} KiB`);
    return new TextDecoder().decode(bytes.subarray(0, limit));
  }

  /** As many as the limit allows. */
  firstOf<T>(items: readonly T[], limit: number, path: string, what: string): readonly T[] {
    if (items.length <= limit) return items;
    this.leaveOut(path, `has ${items.length} ${what}, of which ${limit} were looked at`);
    return items.slice(0, limit);
  }

  /** Whether one more command may be followed. */
  takeCommand(path: string): boolean {
    this.#commands -= 1;
    if (this.#commands < 0)
      this.leaveOut(path, `starts more than the ${MAX_COMMANDS} commands of a host that are followed`);
    return this.#commands >= 0;
  }

  /** @param path - absolute or relative to `/`; empty for the whole root */
  leaveOut(path: string, why: string): void {
    const place = path.replace(/^\//, '');
    this.#leftOut.set(`${place}\0${why}`, { path: place, why, kind: 'left out' });
  }
}
