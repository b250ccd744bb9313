import { parseClusterSpec } from '../../../../src/document/parse.js';
import { EtcdBundleError } from '../../../../src/errors.js';

export const MEMBER = { name: 'e1', address: '10.0.0.1' };
export const TWO_MEMBERS = [MEMBER, { name: 'e2', address: '10.0.0.2' }];

/** `<path> <code>: <cure>` of everything that is wrong with a document; one member where it names none. */
export function refusals(document: object): readonly string[] {
  try {
    parseClusterSpec({ members: [MEMBER], ...document });
  } catch (error) {
    if (error instanceof EtcdBundleError)
      return error.issues.map(({ path, code, cure }) => `${path} ${code}: ${cure}`);
    throw error;
  }
  return [];
}

/** The same without cures. */
export function refusedAt(document: object): readonly string[] {
  return refusals(document).map((refusal) => refusal.replace(/: .*$/s, ''));
}
