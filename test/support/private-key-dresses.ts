import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import stored from './keys-for-tests.json' with { type: 'json' };
import { drawsOthers } from './seed.js';

/** A private key in one of the encodings that programs write. */
export interface EncodedKey {
  readonly kind: string;
  readonly der: Buffer;
  readonly pem: string;
}

/** A way to write octets or PEM where neither belongs. */
export interface Dress {
  readonly name: string;
  readonly put: (key: EncodedKey) => string;
}

const EC_CURVES = ['P-224', 'P-256', 'P-384', 'P-521', 'secp256k1'] as const;
const PASSPHRASE = 'a passphrase';

/** A key of every type, in every encoding that OpenSSL writes of it; new ones where others are drawn than at every run. */
export function everyKey(): readonly EncodedKey[] {
  if (drawsOthers) return freshKeys();
  return stored.keys.map(({ kind, pem }) => ({
    kind,
    der: Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ''), 'base64'),
    pem,
  }));
}

function freshKeys(): readonly EncodedKey[] {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const dsa = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).privateKey;
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
  const elliptic = EC_CURVES.map(
    (namedCurve) => [namedCurve, generateKeyPairSync('ec', { namedCurve }).privateKey] as const,
  );
  const edwards = [
    ['ed25519', generateKeyPairSync('ed25519').privateKey],
    ['ed448', generateKeyPairSync('ed448').privateKey],
    ['x25519', generateKeyPairSync('x25519').privateKey],
  ] as const;
  const all = [['rsa', rsa], ['dsa', dsa], ['rsa-pss', pss], ...elliptic, ...edwards] as const;
  return [
    ...all.map(([name, key]) => encoded(`${name} PKCS#8`, key, 'pkcs8')),
    ...all.map(([name, key]) => encrypted(`${name} PKCS#8 encrypted`, key)),
    encoded('rsa PKCS#1', rsa, 'pkcs1'),
    ...elliptic.map(([name, key]) => encoded(`${name} SEC 1`, key, 'sec1')),
  ];
}

/** The members of a JSON Web Key. */
export function webKeyOf(pem: string): JsonWebKey {
  return createPrivateKey(pem).export({ format: 'jwk' });
}

const base64 = ({ der }: EncodedKey): string => der.toString('base64');
const ofPem = ({ pem }: EncodedKey): string => Buffer.from(pem).toString('base64');
const wrapped = (text: string, width: number, between: string): string =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(between);

export const dresses: readonly Dress[] = [
  { name: 'PEM', put: ({ pem }) => pem },
  { name: 'PEM on one line', put: ({ pem }) => pem.replaceAll('\n', ' ') },
  { name: 'PEM in JSON', put: ({ pem }) => JSON.stringify(pem) },
  { name: 'PEM in JSON in JSON', put: ({ pem }) => JSON.stringify(JSON.stringify({ key: pem })) },
  { name: 'PEM in a URL', put: ({ pem }) => encodeURIComponent(pem) },
  { name: 'PEM in a URL, twice', put: ({ pem }) => encodeURIComponent(encodeURIComponent(pem)) },
  { name: 'PEM in a form', put: ({ pem }) => String(new URLSearchParams({ key: pem })) },
  { name: 'PEM in HTML', put: ({ pem }) => pem.replaceAll('\n', '&#10;').replaceAll('+', '&#x2b;') },
  { name: 'PEM with line feeds escaped', put: ({ pem }) => pem.replaceAll('\n', '\\n') },
  { name: 'PEM in CRLF', put: ({ pem }) => pem.replaceAll('\n', '\r\n') },
  { name: 'PEM with lines continued', put: ({ pem }) => pem.replaceAll('\n', '\\\n  ') },
  { name: 'PEM as comments', put: ({ pem }) => pem.replace(/^/gm, '# ') },
  { name: 'PEM as a quoted mail', put: ({ pem }) => pem.replace(/^/gm, '>> ') },
  { name: 'PEM as a list of strings', put: ({ pem }) => JSON.stringify(pem.split('\n'), undefined, 2) },
  { name: 'PEM as a YAML list', put: ({ pem }) => pem.replace(/^/gm, '  - ') },
  { name: 'PEM as a sum of strings', put: ({ pem }) => pem.replace(/\n/g, '\\n" +\n  "') },
  { name: 'PEM with its label over two lines', put: ({ pem }) => pem.replaceAll(' ', '\n# ') },
  { name: 'PEM without dashes behind', put: ({ pem }) => pem.replaceAll('KEY-----', 'KEY') },
  { name: 'the body of PEM', put: ({ pem }) => pem.replaceAll(/-----.*-----\n/g, '') },
  { name: 'Base64 of DER', put: base64 },
  { name: 'Base64 of DER without padding', put: (key) => base64(key).replaceAll('=', '') },
  { name: 'Base64url of DER', put: ({ der }) => der.toString('base64url') },
  { name: 'Base64 of DER behind a name', put: (key) => `key=${base64(key)}` },
  { name: 'Base64 of DER stuck to a word', put: (key) => `secret${base64(key)}` },
  { name: 'Base64 of DER in lines of 76', put: (key) => wrapped(base64(key), 76, '\n') },
  { name: 'Base64 of DER in pieces', put: (key) => wrapped(base64(key), 8, ' ') },
  {
    name: 'Base64 of DER in strings',
    put: (key) => JSON.stringify(wrapped(base64(key), 32, '\n').split('\n')),
  },
  { name: 'Base64 of DER, slashes escaped', put: (key) => base64(key).replaceAll('/', '\\/') },
  {
    name: 'Base64 of DER, signs escaped',
    put: (key) => base64(key).replaceAll('+', '\\u002b').replaceAll('/', '\\x2f'),
  },
  { name: 'Base64 of PEM, as in a kubeconfig', put: (key) => `client-key-data: ${ofPem(key)}` },
  { name: 'Base64 of PEM in lines', put: (key) => wrapped(ofPem(key), 64, '\n    ') },
  {
    name: 'Base64 of PEM without its first line',
    put: ({ pem }) => Buffer.from(pem.slice(pem.indexOf('\n') + 1)).toString('base64'),
  },
  {
    name: 'Base64 of a kubeconfig',
    put: (key) =>
      Buffer.from(`apiVersion: v1\nusers:\n- user:\n    client-key-data: ${ofPem(key)}\n`).toString('base64'),
  },
  { name: 'Base64 of Base64 of DER', put: (key) => Buffer.from(base64(key)).toString('base64') },
  { name: 'Base64 of UTF-16', put: ({ pem }) => Buffer.from(pem, 'utf16le').toString('base64') },
  { name: 'hexadecimal', put: ({ der }) => der.toString('hex') },
  { name: 'hexadecimal capitals', put: ({ der }) => der.toString('hex').toUpperCase() },
  { name: 'hexadecimal with colons', put: ({ der }) => wrapped(der.toString('hex'), 2, ':') },
  {
    name: 'hexadecimal with spaces and lines',
    put: ({ der }) => wrapped(wrapped(der.toString('hex'), 2, ' '), 48, '\n'),
  },
  { name: 'hexadecimal as in C', put: ({ der }) => `0x${wrapped(der.toString('hex'), 2, ', 0x')}` },
  { name: 'hexadecimal as escapes', put: ({ der }) => `\\x${wrapped(der.toString('hex'), 2, '\\x')}` },
  { name: 'hexadecimal of PEM', put: ({ pem }) => Buffer.from(pem).toString('hex') },
  { name: 'decimal octets', put: ({ der }) => JSON.stringify(der) },
];

function encoded(kind: string, key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1'): EncodedKey {
  const der =
    type === 'pkcs1' ? key.export({ type: 'pkcs1', format: 'der' }) : key.export({ type, format: 'der' });
  const pem =
    type === 'pkcs1' ? key.export({ type: 'pkcs1', format: 'pem' }) : key.export({ type, format: 'pem' });
  return { kind, der, pem: pem.toString() };
}

function encrypted(kind: string, key: KeyObject): EncodedKey {
  const how = { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: PASSPHRASE } as const;
  return {
    kind,
    der: key.export({ ...how, format: 'der' }),
    pem: key.export({ ...how, format: 'pem' }).toString(),
  };
}
