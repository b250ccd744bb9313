/**
 * A place of a host that was not read.
 *
 * @internal
 */
export interface RootGap {
  /** Relative to `/`; empty where it is about the whole root. */
  readonly path: string;
  /** A clause, such as `holds more than 20000 files`. */
  readonly why: string;
  /** `limit`: anything may lie behind it. `refused`: the system did not let it be read. `left out`: it was seen, and is too much to go into. */
  readonly kind: 'limit' | 'refused' | 'left out';
}
