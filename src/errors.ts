import type { IssueCode } from './issue-codes.js';

/**
 * One thing that is wrong, where it is, and what to write instead.
 *
 * @public
 */
export interface Issue {
  /** Of the fault; `issueKind` tells its kind. */
  readonly code: IssueCode;
  /** Where in the document, as `members[0].address`; the empty string is the document itself. */
  readonly path: string;
  /** Line of the document's text, from 1; absent where the document is data, or the issue has no place in it. */
  readonly line?: number;
  /** Column in that line, in UTF-16 code units from 1; present where {@link Issue.line} is. */
  readonly column?: number;
  /** One sentence that names the offending value. */
  readonly message: string;
  /** What to write instead. */
  readonly cure: string;
}

/**
 * What an {@link EtcdBundleError} is about: the operator's document, an authority or certificate, a bundle that was read back,
 * the output folder, or the machine.
 *
 * @public
 */
export type EtcdBundleErrorCode =
  | 'invalid-spec'
  | 'invalid-authority'
  | 'invalid-bundle'
  | 'lint-failed'
  | 'output-refused'
  | 'system';

/**
 * The only error that the library throws on purpose.
 *
 * @public
 */
export class EtcdBundleError extends Error {
  /** Always this text, so that copies of the package know each other's errors. */
  override readonly name = 'EtcdBundleError';
  /** What kind of failure it is; the exit code follows from it. */
  readonly code: EtcdBundleErrorCode;
  /** All problems at once, in the order of the document. */
  readonly issues: readonly Issue[];

  constructor(code: EtcdBundleErrorCode, issues: readonly Issue[], options?: ErrorOptions) {
    super(issues.map((issue) => formatIssue(issue)).join('\n'), options);
    this.code = code;
    this.issues = issues;
  }
}

/**
 * True for an {@link EtcdBundleError}, also for one made by another copy of this package, where `instanceof` fails.
 *
 * @example
 * ```ts
 * try {
 *   parseClusterSpec({ members: [] });
 * } catch (error) {
 *   if (!isEtcdBundleError(error)) throw error;
 *   error.code; // => 'invalid-spec'
 * }
 * ```
 * @public
 */
export function isEtcdBundleError(error: unknown): error is EtcdBundleError {
  return (
    error instanceof Error &&
    error.name === 'EtcdBundleError' &&
    'issues' in error &&
    Array.isArray(error.issues)
  );
}

/**
 * One issue as one line: `path: message cure`, or `line 3, column 5: message cure` where the document could not be read as far as a path.
 *
 * @example
 * ```ts
 * try {
 *   parseClusterDocument('members: [{name: e1}]');
 * } catch (error) {
 *   if (isEtcdBundleError(error)) console.error(error.issues.map(formatIssue).join('\n'));
 * }
 * ```
 * @public
 */
export function formatIssue({ path, line, column, message, cure }: Issue): string {
  const place = path === '' && line !== undefined ? `line ${line}, column ${column ?? 1}` : path;
  return `${place === '' ? '' : `${place}: `}${message} ${cure}`.trimEnd();
}
