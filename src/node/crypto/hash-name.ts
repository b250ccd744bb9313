import type { SignatureHash } from '../../x509/key-algorithm.js';

/**
 * A hash as `node:crypto` spells it everywhere: `SHA-256` is an alias of OpenSSL's, which Deno's does not know.
 *
 * @internal
 */
export function hashName(hash: SignatureHash | 'SHA-1'): string {
  return hash.replace('-', '').toLowerCase();
}
