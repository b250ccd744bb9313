import { EtcdBundleError, type Issue, isEtcdBundleError } from '../errors.js';

/**
 * Waits for two that read what a document names, and says at once what is wrong with either.
 *
 * @throws EtcdBundleError `invalid-authority` with the issues of both; any other error of either as it is
 * @internal
 */
export async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<readonly [A, B]> {
  const [one, other] = await Promise.allSettled([first, second]);
  if (one.status === 'fulfilled' && other.status === 'fulfilled') return [one.value, other.value];
  const issues = [one, other].flatMap((settled): readonly Issue[] => {
    if (settled.status === 'fulfilled') return [];
    const reason: unknown = settled.reason;
    if (!isEtcdBundleError(reason) || reason.code !== 'invalid-authority') throw reason;
    return reason.issues;
  });
  throw new EtcdBundleError('invalid-authority', issues);
}
