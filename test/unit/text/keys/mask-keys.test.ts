import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKeyMask } from '../../../../src/text/keys/mask-keys.js';
import { holdsPrivateKey } from '../../../../src/text/private-key.js';
import { signedTexts } from '../../../support/signed-texts.js';

const LEFT_OUT = '(private key left out)';
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = privateKey.export({ type: 'sec1', format: 'pem' }).toString();
const DER = privateKey.export({ type: 'sec1', format: 'der' }).toString('base64');

const digest = (name: string, form: 'hex' | 'base64'): string =>
  createHash(name).update(randomBytes(8)).digest(form);

const PUBLIC: readonly (readonly [string, () => string])[] = [
  ['a public key', () => publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ['an RSA public key', () => rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()],
  ['an RSA public key, PKCS#1', () => rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ['a public JSON Web Key', () => JSON.stringify(rsa.publicKey.export({ format: 'jwk' }))],
  ['a JSON Web Key of EC', () => JSON.stringify(publicKey.export({ format: 'jwk' }))],
  ['a digest', () => `sha256:${digest('sha256', 'hex')}`],
  ['a digest in Base64', () => `SHA256:${digest('sha256', 'base64')}`],
  ['an integrity', () => `sha512-${digest('sha512', 'base64')}`],
  ['a fingerprint', () => digest('sha256', 'hex').toUpperCase().match(/../g)?.join(':') ?? ''],
  ['a UUID', () => randomUUID()],
  [
    'member IDs',
    () => 'raft2021/01/02 03:04:05 INFO: 8211f1d0f64f3269 became leader; cluster ef37ad9dc622a7c4',
  ],
  ['a bootstrap token', () => 'abcdef.0123456789abcdef'],
  ['a discovery token hash', () => `--discovery-token-ca-cert-hash sha256:${digest('sha256', 'hex')}`],
  ['a certificate key of kubeadm', () => randomBytes(32).toString('hex')],
  [
    'a key of etcd in Base64',
    () => `"key":"${Buffer.from('/registry/pods/kube-system/coredns-5d78c9869d-x7kzq').toString('base64')}"`,
  ],
  [
    'a path',
    () =>
      '/var/lib/kubelet/pods/0c6f3ac7-0f4d-4b6a-a8ae-3a1f1f1f6e0a/volumes/kubernetes.io~projected/kube-api-access-x7Kzq',
  ],
  [
    'names',
    () =>
      'ExperimentalCompactHashCheckEnabled, initialAdvertisePeerURLs, subjectAltName, CapabilityBoundingSet',
  ],
  ['a short value that is named as a member of a JSON Web Key', () => 'd=AbcdefghijK, p: "XyZabcdefgh"'],
  [
    'a label in a sentence',
    () => 'tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input',
  ],
  ['a label alone', () => 'It begins with -----BEGIN EC PRIVATE KEY----- as all do'],
];

let signed: readonly (readonly [string, string])[] = [];

beforeAll(async () => {
  signed = await signedTexts();
});

describe('what is shown', () => {
  it.each(PUBLIC)('has %s as it is', (_, put) => {
    for (let round = 0; round < 50; round += 1) {
      const text = put();
      expect(createKeyMask()(`A value: ${text}.\n`)).toBe(`A value: ${text}.\n`);
    }
  });

  it('has certificates, requests and CRLs as they are, in PEM, on one line, as DER', () => {
    expect(signed.length).toBe(9);
    for (const [name, pem] of signed) {
      const body = pem.replaceAll(/-----[^-]+-----|\s/g, '');
      const hex = Buffer.from(body, 'base64').toString('hex');
      const data = Buffer.from(pem).toString('base64');
      for (const text of [
        pem,
        pem.replaceAll('\n', ' '),
        JSON.stringify(pem),
        body,
        hex,
        data,
        pem.slice(0, 400),
      ]) {
        expect(holdsPrivateKey(text), name).toBe(false);
        expect(createKeyMask()(`A value: ${text}\n`), name).toBe(`A value: ${text}\n`);
      }
    }
  });

  it('says where a key was, and goes on behind it', () => {
    expect(createKeyMask()(`Bad key ${DER}, write another.`)).toBe(`Bad key ${LEFT_OUT}, write another.`);
  });

  it('has no line of the middle of a key, and none of a key that goes on in the next text', () => {
    const [first = '', second = ''] = PEM.split('\n').slice(1);
    expect(createKeyMask()(`The line "${second}" is not known.`)).toBe(
      `The line "${LEFT_OUT}" is not known.`,
    );
    const mask = createKeyMask();
    expect(mask(`The line "${first}`)).toBe(`The line "${LEFT_OUT}`);
    expect(mask(`${second.slice(0, 9)}`)).toBe(LEFT_OUT);
  });

  it('has no last line of a key that has no digit', () => {
    // An Ed448 key that was made for this test.
    const lines = [
      'MEcCAQAwBQYDK2VxBDsEOVENYMvCUyowWBB6igOhnYAjuNC0FCJ63/+RykJHlvvjvtJlC0TfJrF/',
      'YmkONmDTDjqfHtFpSJnVQA==',
    ];
    const mask = createKeyMask();
    expect(lines.map((line) => mask(`"${line}" is not known`))).toEqual(
      lines.map(() => `"${LEFT_OUT}" is not known`),
    );
  });

  it('has a certificate whole beside its key', () => {
    const certificate = signed[0]?.[1] ?? '';
    const shown = createKeyMask()(`${certificate}\n${PEM}\n${certificate}`);
    expect(shown).toContain(`${certificate}\n-----BEGIN EC PRIVATE KEY-----\n${LEFT_OUT}\n`);
    expect(shown.endsWith(`-----END EC PRIVATE KEY-----\n\n${certificate}`)).toBe(true);
  });

  it('stays JSON of the same shape', () => {
    const value = {
      message: `bad ${DER}`,
      [DER]: 1,
      list: [PEM, ...PEM.split('\n')],
      data: [...Buffer.from(PEM)].length,
    };
    const shown = JSON.parse(createKeyMask()(JSON.stringify(value, undefined, 2)));
    expect(shown).toMatchObject({ message: `bad ${LEFT_OUT}`, data: value.data });
    expect(shown.list).toHaveLength(value.list.length);
    expect(JSON.stringify(shown)).not.toContain(DER.slice(10, 40));
  });
});

describe('a key as a row of numbers', () => {
  const openssh = Buffer.concat([Buffer.from('openssh-key-v1\0'), randomBytes(200)]);
  const encodings: readonly (readonly [string, Buffer])[] = [
    ['SEC 1', privateKey.export({ type: 'sec1', format: 'der' })],
    ['PKCS#8', privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['PKCS#1', rsa.privateKey.export({ type: 'pkcs1', format: 'der' })],
    ['OpenSSH', openssh],
  ];
  const rows: readonly (readonly [string, (octets: readonly number[]) => string])[] = [
    ['in Go', (octets) => octets.join(' ')],
    ['in JSON', (octets) => octets.join(',')],
    ['in JSON over lines', (octets) => octets.join(',\n    ')],
    ['in Go with %#v', (octets) => octets.map((octet) => `0x${octet.toString(16)}`).join(', ')],
  ];
  const cases = encodings.flatMap(([encoding, der]) =>
    rows.map(([row, put]) => [`${encoding} ${row}`, der, put] as const),
  );

  it.each(cases)('is left out to its last octet, cut or whole, and no further: %s', (_, der, put) => {
    for (const part of [0.4, 0.8, 1]) {
      const octets = [...der.subarray(0, Math.ceil(der.length * part))];
      const shown = createKeyMask()(`Read [${put(octets)}] at line 7 of 12.\n`);
      expect(shown).toMatch(/^Read \[\D*\] at line 7 of 12\.\n$/);
      expect(shown).not.toContain('0x');
    }
  });
});

describe('a key in what was made for it', () => {
  it.each([
    ['an OpenSSH key', Buffer.concat([Buffer.from('openssh-key-v1\0'), randomBytes(200)]).toString('base64')],
    [
      'a PuTTY key',
      `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${randomBytes(36).toString('base64')}`,
    ],
    ['a PGP key', `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${randomBytes(96).toString('base64')}`],
    ['an RSAKeyValue', `<RSAKeyValue><D>${randomBytes(256).toString('base64')}</D></RSAKeyValue>`],
    ['openssl -text', `priv:\n    ${randomBytes(32).toString('hex').match(/../g)?.join(':')}`],
    [
      'PKCS#12',
      Buffer.concat([
        Buffer.from('308203e8020103308203b006092a864886f70d010701', 'hex'),
        randomBytes(900),
      ]).toString('base64'),
    ],
    ['a symmetric JSON Web Key', `{"kty":"oct","k":"${randomBytes(32).toString('base64url')}"}`],
  ])('%s is found', (_, text) => {
    expect(holdsPrivateKey(text)).toBe(true);
  });
});
