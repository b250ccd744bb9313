import { EtcdBundleError, type IssueCode } from '../../errors.js';

/** @internal */
export function outputRefused(
  path: string,
  message: string,
  cure: string,
  code: IssueCode = 'conflict',
): EtcdBundleError {
  return new EtcdBundleError('output-refused', [{ code, path, message, cure }]);
}
