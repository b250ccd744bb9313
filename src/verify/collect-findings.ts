import type { ClusterView } from './cluster-view.js';
import { type Fault, type Finding, LEVELS } from './finding.js';
import type { Rule } from './rule.js';

/** Findings of one rule that are listed; a large cluster has a few for each member. */
const MAX_LISTED = 1_000;
/** Findings of one rule that are counted: some rules look at every pair of members. */
const MAX_COUNTED = 10_000;
/** Characters of one text. */
const MAX_TEXT = 4_096;

/**
 * What one rule says, each once, and cut where nobody reads on.
 *
 * @internal
 */
export function collectFindings(
  { name: rule, source, check }: Rule,
  views: readonly ClusterView[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const told = new Set<string>();
  let worst: Finding['level'] = 'notice';
  for (const { level, member, path, message, cure, etcdSays = '' } of faultsOf(check, views)) {
    if (told.size === MAX_COUNTED) break;
    const key = JSON.stringify([member, path, clip(message)]);
    if (told.has(key)) continue;
    told.add(key);
    if (findings.length < MAX_LISTED)
      findings.push({
        rule,
        level,
        member,
        path: clip(path),
        message: clip(message),
        cure: clip(cure),
        etcdSays: clip(etcdSays),
        source,
      });
    else if (LEVELS.indexOf(level) < LEVELS.indexOf(worst)) worst = level;
  }
  const more = told.size - findings.length;
  if (more === 0) return findings;
  const message = `${told.size === MAX_COUNTED ? 'At least ' : ''}${more} more findings of this rule are not listed.`;
  const rest = { member: '', path: '', message, cure: 'Mend the listed ones first.', etcdSays: '', source };
  return [...findings, { rule, level: worst, ...rest }];
}

/** What is about a host is said once, however many clusters are on it. */
function* faultsOf(check: Rule['check'], views: readonly ClusterView[]): Generator<Fault> {
  for (const view of views) yield* check(view);
}

function clip(text: string): string {
  return text.length <= MAX_TEXT
    ? text
    : `${text.slice(0, MAX_TEXT)}… and ${text.length - MAX_TEXT} more characters`;
}
