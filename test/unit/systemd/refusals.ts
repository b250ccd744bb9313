import { expect } from 'vitest';
import { isEtcdBundleError } from '../../../src/errors.js';
import { issueKind } from '../../../src/issue-codes.js';

/** Expects one issue about a value, and gives its path. */
export function refusedAt(write: () => unknown): string {
  try {
    write();
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    expect(error.code).toBe('invalid-spec');
    expect(error.issues.map(({ code }) => issueKind(code))).toEqual([
      expect.stringMatching(/^(?:invalid-value|duplicate)$/),
    ]);
    for (const { message, cure } of error.issues) {
      expect(message).toMatch(/ .*\.$/s);
      expect(cure).toMatch(/^[A-Z].*\.$/);
    }
    return error.issues[0]?.path ?? '';
  }
  throw new Error('it was written');
}
