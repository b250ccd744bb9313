import type { ClusterSpec, EtcdVersion } from '../cluster-spec.js';
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
 * Why etcd would not start with an auth-token: what to write instead, and what it says.
 *
 * @internal
 */
export interface AuthTokenFault {
  readonly cure: string;
  readonly says: string;
}

const INVALID = 'auth: invalid auth options';

/**
 * Checks the value of auth-token against what etcd's token provider accepts: `simple`, or `jwt` with a signing method and a key
 * (etcd `server/auth/store.go` decomposeOpts, `server/auth/options.go`).
 *
 * @internal
 */
export function authTokenFault(value: string, version: EtcdVersion): AuthTokenFault | undefined {
  const { type, options } = parseAuthToken(value);
  const names = options.map(([name]) => name);
  if (options.some((option) => option.length !== 2) || new Set(names).size !== names.length)
    return { cure: 'Write each option once, as name=value.', says: INVALID };
  if (type === 'simple') return undefined;
  if (type !== 'jwt') return { cure: 'Write simple, or jwt with its options.', says: INVALID };
  const methods = isInSpan(version, EDDSA) ? [...SIGN_METHODS, 'EdDSA'] : SIGN_METHODS;
  const ttl = optionOf(options, 'ttl') ?? '';
  if (!methods.includes(optionOf(options, 'sign-method') ?? ''))
    return { cure: `Write sign-method=${methods.join('|')}.`, says: INVALID };
  if (authTokenFiles(value).length === 0)
    return { cure: 'Write priv-key=<file>, or pub-key=<file>.', says: 'auth: missing key data' };
  if (ttl !== '' && parseNanoseconds(ttl) === undefined)
    return { cure: 'Write ttl as a Go duration, such as 5m.', says: INVALID };
  return undefined;
}

/**
 * What a JWT is signed and checked with, by the names of RFC 7518, 3.1, and where etcd reads it.
 *
 * @internal
 */
export interface TokenKeyFiles {
  readonly signMethod: string;
  /** Absent where members only check tokens. */
  readonly privateKey?: string;
  /** Absent for HMAC, and where etcd takes it from the private key. */
  readonly publicKey?: string;
}

/**
 * The keys of a cluster's own auth-token.
 *
 * @returns undefined where tokens are not signed
 * @internal
 */
export function clusterTokenKeys({ etcd }: Pick<ClusterSpec, 'etcd'>): TokenKeyFiles | undefined {
  return tokenKeyFiles(etcd.settings.find(({ name }) => name === 'auth-token')?.value ?? '');
}

/**
 * The key files of a cluster's own auth-token.
 *
 * @internal
 */
export function clusterTokenFiles(spec: Pick<ClusterSpec, 'etcd'>): readonly string[] {
  return filesOf(clusterTokenKeys(spec));
}

/** Of an auth-token that etcd accepts. */
function tokenKeyFiles(value: string): TokenKeyFiles | undefined {
  const { type, options } = parseAuthToken(value);
  const signMethod = optionOf(options, 'sign-method');
  if (type !== 'jwt' || signMethod === undefined) return undefined;
  const [privateKey, publicKey] = [optionOf(options, 'priv-key'), optionOf(options, 'pub-key')];
  return {
    signMethod,
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(publicKey === undefined || HMAC.includes(signMethod) ? {} : { publicKey }),
  };
}

/**
 * The key files that an auth-token names and etcd reads: with HMAC, the private key alone.
 *
 * @internal
 */
export function authTokenFiles(value: string): readonly string[] {
  return filesOf(tokenKeyFiles(value));
}

function filesOf(keys: TokenKeyFiles | undefined): readonly string[] {
  return [keys?.publicKey, keys?.privateKey].filter((file) => file !== undefined);
}

/**
 * The keys of a token provider of type jwt. etcd reads both files, whatever the method needs (etcd `server/auth/options.go`, Parse).
 *
 * @internal
 */
export interface AuthTokenKeys {
  readonly method: string;
  readonly publicKey?: string;
  readonly privateKey?: string;
}

/** @internal */
export function authTokenKeys(value: string): AuthTokenKeys | undefined {
  const { type, options } = parseAuthToken(value);
  if (type !== 'jwt') return undefined;
  const [publicKey = '', privateKey = ''] = ['pub-key', 'priv-key'].map((name) => optionOf(options, name));
  return {
    method: optionOf(options, 'sign-method') ?? '',
    ...(publicKey === '' ? {} : { publicKey }),
    ...(privateKey === '' ? {} : { privateKey }),
  };
}

function parseAuthToken(value: string): {
  readonly type: string;
  readonly options: readonly (readonly string[])[];
} {
  const [type = '', ...pairs] = value.split(',');
  return { type, options: pairs.map((pair) => pair.split('=')) };
}

function optionOf(options: readonly (readonly string[])[], wanted: string): string | undefined {
  return options.find(([name]) => name === wanted)?.[1];
}
