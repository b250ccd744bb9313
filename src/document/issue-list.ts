import type { Issue, IssueCode } from '../errors.js';

/**
 * Collects everything that is wrong with a document while it is read, so that all of it is said at once.
 *
 * @internal
 */
export interface IssueList {
  readonly issues: readonly Issue[];
  readonly add: (code: IssueCode, path: string, message: string, cure: string) => void;
  readonly addAll: (issues: readonly Issue[]) => void;
}

/** @internal */
export function createIssueList(): IssueList {
  const issues: Issue[] = [];
  return {
    issues,
    add: (code, path, message, cure) => void issues.push({ code, path, message, cure }),
    addAll: (more) => void issues.push(...more),
  };
}

/**
 * A value as it stands in a message: quoted, cut to a readable length, control characters escaped.
 *
 * @internal
 */
export function quoteValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value);
}
