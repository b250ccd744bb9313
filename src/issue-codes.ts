/**
 * Every way in which what an operator wrote, or what was found on disk, can be wrong: each kind, and its codes with what is wrong. Two
 * faults with different cures have different codes, one rule at two keys has one. A code never changes its meaning between releases.
 *
 * @public
 */
export const ISSUE_CODES = {
  syntax: { syntax: 'A text cannot be read.' },
  missing: { missing: 'Something is missing.' },
  'unknown-key': { 'unknown-key': 'A key is not one of its map.' },
  'wrong-type': { 'wrong-type': 'A value is of the wrong type.' },
  'invalid-value': { 'invalid-value': 'A value is not valid.' },
  duplicate: { duplicate: 'Something is there twice.' },
  conflict: { conflict: 'Two parts of a document contradict each other.' },
  'unsupported-by-release': { 'unsupported-by-release': 'The release cannot do it.' },
  'outlives-authority': { 'outlives-authority': 'A leaf would outlive its CA.' },
  'unusable-authority': { 'unusable-authority': 'The CA cannot sign for this cluster.' },
  lint: { lint: 'A certificate fails a check before it is signed.' },
  system: { system: 'The system failed.' },
} as const;

/**
 * What sort of thing is wrong, for programs that treat all faults of a sort alike.
 *
 * @public
 */
export type IssueKind = keyof typeof ISSUE_CODES;

/**
 * What exactly is wrong: a key of one of the kinds of {@link ISSUE_CODES}.
 *
 * @public
 */
export type IssueCode = { [Kind in IssueKind]: keyof (typeof ISSUE_CODES)[Kind] }[IssueKind];

const KINDS: readonly IssueKind[] = Object.keys(ISSUE_CODES).filter(isKind);
const KIND_OF: ReadonlyMap<string, IssueKind> = new Map(
  KINDS.flatMap((kind) => Object.keys(ISSUE_CODES[kind]).map((code) => [code, kind] as const)),
);

/**
 * The kind of a code's faults.
 *
 * @param code - of an issue, also one that another release made
 * @returns undefined for a code that this release does not know
 * @example
 * ```ts
 * const isIncomplete = issues.some(({ code }) => issueKind(code) === 'missing');
 * ```
 * @public
 */
export function issueKind(code: string): IssueKind | undefined {
  return KIND_OF.get(code);
}

function isKind(key: string): key is IssueKind {
  return Object.hasOwn(ISSUE_CODES, key);
}
