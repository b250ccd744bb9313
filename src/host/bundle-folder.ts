/**
 * What lies in the folder of a bundle, beside what is in its tarballs.
 *
 * @internal
 */
export interface BundleFolder {
  /** The lines of `SHA256SUMS`. */
  readonly sums: readonly ListedSum[];
  /** Permission bits of tarballs, of `ca` and of the files in it, by path relative to the folder; none where they are not known. */
  readonly modes: ReadonlyMap<string, number>;
}

/** @internal */
export interface ListedSum {
  /** Relative to the folder. */
  readonly path: string;
  /** Hexadecimal, as listed. */
  readonly sha256: string;
  /** What the file has; absent where it is not there. */
  readonly actual?: string;
}
