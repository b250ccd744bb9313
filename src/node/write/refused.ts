import { EtcdBundleError } from '../../errors.js';
import type { IssueCode } from '../../issue-codes.js';

/** @internal */
export function outputRefused(
  path: string,
  message: string,
  cure: string,
  code: IssueCode = 'conflict',
): EtcdBundleError {
  return new EtcdBundleError('output-refused', [{ code, path, message, cure }]);
}
