import { EtcdBundleError } from '../../errors.js';
import type { IssueCode } from '../../issue-codes.js';

/** @internal */
export function outputRefused(code: IssueCode, path: string, message: string, cure: string): EtcdBundleError {
  return new EtcdBundleError('output-refused', [{ code, path, message, cure }]);
}

/** @internal */
export function raced(path: string): EtcdBundleError {
  return outputRefused(
    'output-raced',
    path,
    'Something else was written there during this run.',
    'Look at what is there now, or choose another folder.',
  );
}
