import { isInSpan } from '../../etcd/release-span.js';
import type { MemberView } from '../../host/member-view.js';
import type { PemFile } from '../../host/pem-files.js';
import { pathOf } from '../../host/settings/settings.js';
import type { TokenKeys } from '../../host/token-keys.js';
import type { Fault } from '../finding.js';
import { notLookedAt } from '../not-looked-at.js';
import type { Rule } from '../rule.js';

type KeyType = 'rsa' | 'ec' | 'ed25519';

const KEY_TYPES: readonly (readonly [prefix: string, type: KeyType, name: string])[] = [
  ['RS', 'rsa', 'an RSA'],
  ['PS', 'rsa', 'an RSA'],
  ['ES', 'ec', 'an elliptic'],
  ['EdDSA', 'ed25519', 'an Ed25519'],
];
const CURVES: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

/** @internal */
export const authTokenKeys: Rule = {
  name: 'auth-token-keys',
  summary:
    'The key files of `auth-token` are there, are of the kind that `sign-method` signs with, and belong together.',
  levels: ['error', 'warning'],
  source: 'etcd server/auth/options.go, Parse, Key; golang-jwt, ecdsa.go, Sign',
  *check({ members }) {
    for (const member of members)
      if (member.tokenKeys !== undefined) yield* keyFaults(member, member.tokenKeys);
  },
};

function* keyFaults(member: MemberView, keys: TokenKeys): Generator<Fault> {
  const { method, privateKey, publicKey, publicView } = keys;
  const [, type, name] = KEY_TYPES.find(([prefix]) => method.startsWith(prefix)) ?? [];
  for (const [option, file, isKind] of [
    ['pub-key', publicKey, type === undefined || publicView?.type === type],
    [
      'priv-key',
      privateKey,
      type === undefined || privateType(privateKey) === type || privateType(privateKey) === 'unknown',
    ],
  ] as const) {
    if (file === undefined) continue;
    const absent = absence(member, option, file);
    if (absent !== undefined) yield absent;
    else if (!isKind)
      yield {
        level: 'error',
        member: member.label,
        path: file.path,
        message: `${option} of auth-token has to be ${name} key for ${method}, as PEM and not encrypted.`,
        cure: `Make a new pair of that kind, or write the sign-method of this one.`,
      };
    else if (option === 'priv-key') yield* pairFaults(member, keys, file);
  }
}

function absence(
  { label, settings }: MemberView,
  option: string,
  { path, file, unread }: PemFile,
): Fault | undefined {
  if (file !== undefined)
    return file.bytes.length > 0 || file.withheld !== undefined
      ? undefined
      : {
          level: 'error',
          member: label,
          path,
          message: `${option} of auth-token is empty.`,
          cure: 'Write a key into it.',
        };
  if (unread !== undefined) return notLookedAt(label, path, unread);
  return {
    level: 'error',
    member: label,
    path: pathOf(settings, 'auth-token'),
    message: `${option} of auth-token names ${path}, which does not exist.`,
    cure: 'Put the key there, the same one on every member.',
    etcdSays: `open ${path}: no such file or directory`,
  };
}

/** Up to 3.5 etcd compares the halves so that a difference in all of them counts alone (etcd `server/auth/options.go`, rsaKey, ecKey). */
function* pairFaults(
  { label, settings }: MemberView,
  { method, publicView, publicKey }: TokenKeys,
  { path, key }: PemFile,
): Generator<Fault> {
  if (key?.type !== 'ok' || key.value.type === 'unknown') return;
  const { value } = key;
  if (value.type === 'ec' && CURVES[method] !== undefined && value.curve !== CURVES[method])
    yield {
      level: 'warning',
      member: label,
      path,
      message: `${method} signs with a key on ${CURVES[method]}, and this one is on ${value.curve}: etcd starts, and can give nobody a token.`,
      cure: `Write the sign-method of the curve, or make a key on ${CURVES[method]}.`,
    };
  if (publicView === undefined || publicView.type === 'other' || publicView.value === value.value) return;
  const isNoticed =
    isInSpan(settings.version, { since: '3.6' }) ||
    (value.type === 'ec' && publicView.type === 'ec' && value.curve !== publicView.curve);
  yield {
    level: isNoticed ? 'error' : 'warning',
    member: label,
    path,
    message: `It is not the private half of ${publicKey?.path}${isNoticed ? '' : ', which this release of etcd does not notice and later ones refuse'}.`,
    cure: 'Name the two halves of one pair in pub-key and priv-key.',
    etcdSays: isNoticed ? "auth: public and private keys don't match" : '',
  };
}

function privateType(file: PemFile | undefined): KeyType | 'unknown' | undefined {
  return file?.key?.type === 'ok' ? file.key.value.type : undefined;
}
