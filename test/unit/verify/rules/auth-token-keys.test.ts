import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describeRule } from './describe-rule.js';
import { flag, type Hosts } from './hosts.js';

const [publicKey, privateKey] = ['etc/etcd/jwt.pub', 'etc/etcd/jwt.key'];

const rsa = (): Pem => pem(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const ec = (namedCurve: string): Pem => pem(generateKeyPairSync('ec', { namedCurve }));

interface Pem {
  readonly publicKey: string;
  readonly privateKey: string;
}

function pem(pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }): Pem {
  return {
    publicKey: String(pair.publicKey.export({ type: 'spki', format: 'pem' })),
    privateKey: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

function signing(hosts: Hosts, method: string, files: Readonly<Record<string, string>>): Hosts {
  const named = `jwt,pub-key=/${publicKey},priv-key=/${privateKey},sign-method=${method}`;
  return Object.entries(files).reduce(
    (all, [path, text]) => all.put('e1', path, text, 0o640),
    hosts.unit('e1', flag('auth-token', named)),
  );
}

describeRule('auth-token-keys', [
  ['no files', 'error', (hosts) => signing(hosts, 'RS256', {})],
  ['no public key', 'error', (hosts) => signing(hosts, 'RS256', { [privateKey]: rsa().privateKey })],
  [
    'halves of two pairs',
    'error',
    (hosts) => signing(hosts, 'PS256', { [publicKey]: rsa().publicKey, [privateKey]: rsa().privateKey }),
  ],
  [
    'the same under a release that does not notice',
    'warning',
    (hosts) =>
      signing(hosts, 'RS256', { [publicKey]: rsa().publicKey, [privateKey]: rsa().privateKey }).with({
        etcdVersion: { release: '3.5', patch: 35 },
      }),
  ],
  [
    'a key of another kind',
    'error',
    (hosts) => {
      const pair = ec('P-256');
      return signing(hosts, 'RS256', { [publicKey]: pair.publicKey, [privateKey]: pair.privateKey });
    },
  ],
  [
    'a key on another curve',
    'warning',
    (hosts) => {
      const pair = ec('P-384');
      return signing(hosts, 'ES256', { [publicKey]: pair.publicKey, [privateKey]: pair.privateKey });
    },
  ],
  ['an empty file', 'error', (hosts) => signing(hosts, 'HS256', { [publicKey]: '', [privateKey]: 'secret' })],
]);
