import type { Issue } from '../errors.js';
import type { IssueCode } from '../issue-codes.js';

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
    addAll: (more) => {
      // Not push(...more): a hundred thousand arguments end the stack.
      for (const issue of more) issues.push(issue);
    },
  };
}

/**
 * The issue of an entry that is already in its list.
 *
 * @param shown - the entry as a message shows it
 * @internal
 */
export function addListedTwice(issues: IssueList, path: string, shown: string): void {
  issues.add('repeated-entry', path, `${shown} is listed twice.`, 'Remove one of the two.');
}
