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

/** @internal */
export function raced(path: string): EtcdBundleError {
  return outputRefused(
    path,
    'Something else was written there during this run.',
    'Look at what is there now, or choose another folder.',
  );
}
