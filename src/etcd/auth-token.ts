import type { EtcdVersion } from '../cluster-spec.js';
import { parseNanoseconds } from '../text/go-duration.js';
import { isInSpan, type ReleaseSpan } from './release-span.js';

const HMAC: readonly string[] = ['HS256', 'HS384', 'HS512'];
const SIGN_METHODS: readonly string[] = [
  ...HMAC,
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
];
const EDDSA: ReleaseSpan = { since: '3.6' };

/**
 * Checks the value of auth-token against what etcd's token provider accepts: `simple`, or `jwt` with a signing method and a key
 * (etcd `server/auth/store.go` decomposeOpts, `server/auth/options.go`).
 *
 * @returns what to write instead, where etcd would not start
 * @internal
 */
export function refuseAuthToken(value: string, version: EtcdVersion): string | undefined {
  const [type, ...pairs] = value.split(',');
  const options = pairs.map((pair) => pair.split('='));
  const names = options.map(([name]) => name);
  if (options.some((option) => option.length !== 2) || new Set(names).size !== names.length) {
    return 'Write each option once, as name=value; etcd says: invalid token option.';
  }
  if (type === 'simple') return undefined;
  if (type !== 'jwt') return 'Write simple, or jwt with its options; etcd says: unknown token type.';
  const option = (wanted: string): string | undefined => options.find(([name]) => name === wanted)?.[1];
  const methods = isInSpan(version, EDDSA) ? [...SIGN_METHODS, 'EdDSA'] : SIGN_METHODS;
  const method = option('sign-method') ?? '';
  const keys = [option('priv-key'), HMAC.includes(method) ? undefined : option('pub-key')];
  const files = keys.filter((key) => key !== undefined);
  const ttl = option('ttl') ?? '';
  if (!methods.includes(method)) {
    return `Write sign-method=${methods.join('|')}; etcd says: invalid auth signature method.`;
  }
  if (files.length === 0) return 'Write priv-key=<file>, or pub-key=<file>; etcd says: missing key data.';
  if (!files.every((file) => file.startsWith('/'))) return 'Write the absolute paths of the keys.';
  if (ttl !== '' && parseNanoseconds(ttl) === undefined) return 'Write ttl as a Go duration, such as 5m.';
  return undefined;
}
