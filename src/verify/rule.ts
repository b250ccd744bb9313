import type { ClusterView } from './cluster-view.js';
import type { Fault } from './finding.js';

/**
 * One thing to check. A rule looks and says; it changes nothing.
 *
 * @internal
 */
export interface Rule {
  /** Stable; findings carry it. */
  readonly name: string;
  /** RFC section, source file or issue. */
  readonly source: string;
  readonly check: (view: ClusterView) => Iterable<Fault>;
}
