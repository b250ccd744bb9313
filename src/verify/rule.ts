import type { ClusterView } from './cluster-view.js';
import type { Fault, FindingLevel } from './finding.js';

/**
 * One thing to check. A rule looks and says; it changes nothing.
 *
 * @internal
 */
export interface Rule {
  /** Stable; findings carry it. */
  readonly name: string;
  /** What holds where the rule finds nothing: a sentence, Markdown. */
  readonly summary: string;
  /** Levels that its findings may have, the worst first. */
  readonly levels: readonly FindingLevel[];
  /** RFC section, source file or issue. */
  readonly source: string;
  readonly check: (view: ClusterView) => Iterable<Fault>;
}
