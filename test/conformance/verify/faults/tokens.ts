import { execFileSync } from 'node:child_process';
import { PKI, type TestHost } from '../roots.js';
import { type FaultCase, row, type Tools } from './making.js';

const KEY = `${PKI}/jwt.key`;
const PUBLIC = `${PKI}/jwt.pub`;
const RSA = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
const ED25519 = ['-algorithm', 'Ed25519'];
const ec = (curve: string): readonly string[] => [
  '-algorithm',
  'EC',
  '-pkeyopt',
  `ec_paramgen_curve:${curve}`,
];

/** The files that sign tokens, or do not. */
export const tokenFaults: readonly FaultCase[] = [
  token('an RSA pair', 'none', (host, tools) => pair(host, tools, RSA)),
  token(
    'the private key alone',
    'none',
    (host, tools) => host.files.set(KEY, pair(host, tools, RSA).key),
    'RS256',
    ['priv-key'],
  ),
  token('the public key alone', 'none', (host, tools) => pair(host, tools, RSA), 'RS256', ['pub-key']),
  token('an elliptic pair', 'none', (host, tools) => pair(host, tools, ec('P-256')), 'ES256'),
  token(
    'a key on another curve than the method',
    'none',
    (host, tools) => pair(host, tools, ec('P-384')),
    'ES256',
  ),
  token('a secret', 'none', (host) => host.files.set(KEY, 'secret'), 'HS256', ['priv-key']),
  token('no private key where one is named', 'auth-token-keys', (host, tools) => {
    pair(host, tools, RSA);
    host.files.delete(KEY);
  }),
  token('no public key where one is named', 'auth-token-keys', (host, tools) => {
    pair(host, tools, RSA);
    host.files.delete(PUBLIC);
  }),
  token(
    'no public key that a secret has no use for',
    'auth-token-keys',
    (host) => host.files.set(KEY, 'secret'),
    'HS256',
  ),
  token('an elliptic pair for RSA', 'auth-token-keys', (host, tools) => pair(host, tools, ec('P-256'))),
  token(
    'an RSA pair for Ed25519',
    'auth-token-keys|setting-combinations',
    (host, tools) => pair(host, tools, RSA),
    'EdDSA',
  ),
  token(
    'an Ed25519 pair',
    'auth-token-keys|setting-combinations',
    (host, tools) => pair(host, tools, ED25519),
    'EdDSA',
  ),
  token('halves of two RSA pairs', 'auth-token-keys', (host, tools) => {
    const other = pair(host, tools, RSA).public;
    pair(host, tools, RSA);
    host.files.set(PUBLIC, other);
  }),
  token(
    'halves on two curves',
    'auth-token-keys',
    (host, tools) => {
      const other = pair(host, tools, ec('P-384')).public;
      pair(host, tools, ec('P-256'));
      host.files.set(PUBLIC, other);
    },
    'ES256',
  ),
  token('something else than PEM', 'auth-token-keys', (host, tools) => {
    pair(host, tools, RSA);
    host.files.set(KEY, 'junk\n');
  }),
  token('the public key in both places', 'auth-token-keys', (host, tools) =>
    host.files.set(KEY, pair(host, tools, RSA).public),
  ),
];

function token(
  name: string,
  rule: string,
  make: (host: TestHost, tools: Tools) => unknown,
  method = 'RS256',
  options: readonly ('pub-key' | 'priv-key')[] = ['pub-key', 'priv-key'],
): FaultCase {
  const files = { 'pub-key': PUBLIC, 'priv-key': KEY };
  return row(`a token signed with ${name}`, 1, rule, ({ host }, tools) => {
    make(host, tools);
    host.flags.set(
      'auth-token',
      ['jwt', ...options.map((option) => `${option}=${files[option]}`), `sign-method=${method}`].join(','),
    );
  });
}

function pair(
  host: TestHost,
  { openssl }: Tools,
  algorithm: readonly string[],
): { readonly key: string; readonly public: string } {
  const run = (args: readonly string[], input = ''): string =>
    execFileSync(openssl, args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  const key = run(['genpkey', ...algorithm]);
  const half = run(['pkey', '-pubout'], key);
  host.files.set(KEY, key).set(PUBLIC, half);
  return { key, public: half };
}
