import type { Issue } from '../errors.js';
import { quoteValue } from '../text/quote-value.js';
import { type DocumentDifference, dataText } from './document-difference.js';

/**
 * Something that an update cannot bring to a running cluster.
 *
 * @internal
 */
export interface Refusal {
  /** The key of the document that asks for it; empty where no single one does. */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
  /** What the key meant before, where the former document does not write it. */
  readonly former?: unknown;
  /** Absent: back to what the document of the bundle has there. */
  readonly cure?: string;
}

/**
 * Refusals as issues: what merely follows from another key that is refused is left out, since it goes away with it.
 *
 * @internal
 */
export function refusalIssues(
  refusals: readonly Refusal[],
  difference: DocumentDifference,
): readonly Issue[] {
  const isRoot = ({ path, cure }: Refusal): boolean =>
    cure !== undefined || (path !== '' && difference.isChanged(path));
  const roots = refusals.filter(isRoot);
  const listed = roots.length === 0 ? refusals : roots;
  const issues = listed.map(
    (refusal): Issue => ({
      code: 'not-updatable',
      path: refusal.path === '' ? (difference.changed[0] ?? '') : refusal.path,
      message: refusal.message,
      cure: refusal.cure ?? cureOf(refusal, difference),
    }),
  );
  // Of one key the first says enough.
  return [...new Map(issues.toReversed().map((issue) => [issue.path, issue])).values()].toReversed();
}

function cureOf({ path, former }: Refusal, difference: DocumentDifference): string {
  const written = difference.formerAt(path);
  const meant = isShown(former) ? `: it was ${shown(former)}` : '';
  if (!difference.isChanged(path))
    return `It follows from what is other than in the document of the bundle: take that back${meant}.`;
  if (written === undefined) return `Leave it out, as the document of the bundle does${meant}.`;
  return `Write ${shown(written)}, as the document of the bundle has it.`;
}

/** As many characters as a value in a sentence may have. */
const LONGEST = 80;

function isShown(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return quoteValue(value);
  const text = dataText(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
