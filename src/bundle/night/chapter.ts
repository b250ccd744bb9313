/**
 * A chapter that every runbook has.
 *
 * @internal
 */
export interface NightChapter {
  readonly title: string;
  /** Paragraphs and blocks of commands. */
  readonly parts: readonly string[];
}
