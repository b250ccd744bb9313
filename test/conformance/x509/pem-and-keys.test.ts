import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { HostRoot } from '../../../src/host/host-root.js';
import { isEtcdBundleError } from '../../../src/index.js';
import { readAuthority } from '../../../src/node/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { sample } from '../../support/long-tests.js';
import {
  bitString,
  indefinite,
  integer,
  join,
  longLength,
  NULL,
  octetString,
  oid,
  type Part,
  pem,
  sequence,
  tlv,
} from './bytes.js';
import { AT, ecKey, forgeAuthority, forgeLeaf, leafKey, spki } from './forge.js';
import { askGo } from './go.js';
import { AUTHORITY, forgedMember, SERVER_CERTIFICATE, SERVER_KEY, verifyMember } from './member.js';

const leaf = forgeLeaf();
const ca = forgeAuthority();
const rsa: KeyObject = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const P256 = oid('1.2.840.10045.3.1.7');
const EC = oid('1.2.840.10045.2.1');
const secret = Buffer.from(leafKey.export({ format: 'jwk' }).d ?? '', 'base64url');
const pkcs8 = (inner: Part, algorithm: Part = sequence(EC, P256)): string =>
  pem('PRIVATE KEY', sequence(integer(0), algorithm, octetString(inner)));
const sec1 = (scalar: Part, ...more: readonly Part[]): Buffer =>
  sequence(integer(1), octetString(scalar), ...more);
const body = (text: string): string => text.split('\n').slice(1, -2).join('\n');

const RSA_LEAF = forgeLeaf({}, rsa).certificate;
const RSA_FIELDS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;
const NO_CRT = ['n', 'e', 'd', 'p', 'q'] as const;
type RsaField = (typeof RSA_FIELDS)[number];
const edKey: KeyObject = generateKeyPairSync('ed25519').privateKey;
const ED_LEAF = forgeLeaf({}, edKey).certificate;
const ED25519 = sequence(oid('1.3.101.112'));
const seed = Buffer.from(edKey.export({ format: 'jwk' }).d ?? '', 'base64url');

/** Encodings of sound keys that DER or Go's own structures do not have, and some that they do. */
const ENCODINGS: readonly (readonly [string, string, Part])[] = [
  ['PKCS#1', RSA_LEAF, sequence(integer(0), rsaNumbers())],
  ['PKCS#1 of version 1', RSA_LEAF, sequence(integer(1), rsaNumbers())],
  ['PKCS#1 of version 2', RSA_LEAF, sequence(integer(2), rsaNumbers())],
  ['PKCS#1 of version 7', RSA_LEAF, sequence(integer(7), rsaNumbers())],
  ['PKCS#1 of version -1', RSA_LEAF, sequence(integer(0xff), rsaNumbers())],
  ['PKCS#1 of a version in nine octets', RSA_LEAF, sequence(integer(...Buffer.alloc(9, 0x80)), rsaNumbers())],
  ['PKCS#1 without a version', RSA_LEAF, sequence(rsaNumbers())],
  ['PKCS#1 with a long length', RSA_LEAF, longLength(0x30, integer(0), rsaNumbers())],
  ['PKCS#1 with an open length', RSA_LEAF, indefinite(0x30, integer(0), rsaNumbers())],
  [
    'PKCS#1 with a long length inside',
    RSA_LEAF,
    sequence(longLength(0x02, [Buffer.from([0])]), rsaNumbers()),
  ],
  ['PKCS#1 with a padded number', RSA_LEAF, sequence(integer(0, 0), rsaNumbers())],
  ['PKCS#1 with octets behind', RSA_LEAF, [sequence(integer(0), rsaNumbers()), NULL]],
  ['PKCS#1 with octets at its end', RSA_LEAF, sequence(integer(0), rsaNumbers(), NULL)],
  ['PKCS#1 without CRT', RSA_LEAF, sequence(integer(0), rsaNumbers({}, NO_CRT))],
  ['PKCS#1 with half of CRT', RSA_LEAF, sequence(integer(0), rsaNumbers({}, [...NO_CRT, 'dp']))],
  ['PKCS#1 without a prime', RSA_LEAF, sequence(integer(0), rsaNumbers({}, ['n', 'e', 'd', 'p']))],
  [
    'PKCS#1 with the primes exchanged',
    RSA_LEAF,
    sequence(integer(0), rsaNumbers({}, ['n', 'e', 'd', 'q', 'p'])),
  ],
  [
    'PKCS#1 with CRT exchanged',
    RSA_LEAF,
    sequence(integer(0), rsaNumbers({}, [...NO_CRT, 'dq', 'dp', 'qi'])),
  ],
  ['PKCS#1 with another coefficient', RSA_LEAF, sequence(integer(0), rsaNumbers({ qi: integer(2) }))],
  ['PKCS#1 with another CRT exponent', RSA_LEAF, sequence(integer(0), rsaNumbers({ dp: integer(3) }))],
  ['PKCS#1 with a CRT exponent of 0', RSA_LEAF, sequence(integer(0), rsaNumbers({ dq: integer(0) }))],
  ['PKCS#1 with a negative modulus', RSA_LEAF, sequence(integer(0), rsaNumbers({ n: integer(0x80) }))],
  [
    'PKCS#1 with an exponent of nine octets',
    RSA_LEAF,
    sequence(integer(0), rsaNumbers({ e: integer(...Buffer.alloc(9, 1)) })),
  ],
  [
    'PKCS#1 with an exponent of 33 bits',
    RSA_LEAF,
    sequence(integer(0), rsaNumbers({ e: integer(1, 0, 0, 0, 1) })),
  ],
  ['PKCS#1 with a third prime', RSA_LEAF, sequence(integer(1), rsaNumbers(), sequence(otherPrime(7)))],
  ['PKCS#1 with a third prime of 1', RSA_LEAF, sequence(integer(1), rsaNumbers(), sequence(otherPrime(1)))],
  [
    'PKCS#1 with a third and fourth prime alike',
    RSA_LEAF,
    sequence(integer(1), rsaNumbers(), sequence(otherPrime(7), otherPrime(7))),
  ],
  [
    'PKCS#1 with a third prime that lacks its exponent',
    RSA_LEAF,
    sequence(integer(1), rsaNumbers(), sequence(sequence(integer(7)))),
  ],
  [
    'PKCS#1 with a third prime of version 0',
    RSA_LEAF,
    sequence(integer(0), rsaNumbers(), sequence(otherPrime(7))),
  ],
  ['PKCS#1 with no third prime', RSA_LEAF, sequence(integer(0), rsaNumbers(), sequence())],
  [
    'PKCS#8 of RSA',
    RSA_LEAF,
    wrapped(sequence(oid('1.2.840.113549.1.1.1'), NULL), sequence(integer(0), rsaNumbers())),
  ],
  [
    'PKCS#8 of RSA without parameters',
    RSA_LEAF,
    wrapped(sequence(oid('1.2.840.113549.1.1.1')), sequence(integer(0), rsaNumbers())),
  ],
  [
    'PKCS#8 of RSA of version 7 inside',
    RSA_LEAF,
    wrapped(sequence(oid('1.2.840.113549.1.1.1')), sequence(integer(7), rsaNumbers())),
  ],
  ['PKCS#8', leaf.certificate, wrapped(sequence(EC, P256), sec1(secret))],
  [
    'PKCS#8 of version 1',
    leaf.certificate,
    sequence(integer(1), sequence(EC, P256), octetString(sec1(secret))),
  ],
  [
    'PKCS#8 of version 7',
    leaf.certificate,
    sequence(integer(7), sequence(EC, P256), octetString(sec1(secret))),
  ],
  [
    'PKCS#8 of a version that is none',
    leaf.certificate,
    sequence(NULL, sequence(EC, P256), octetString(sec1(secret))),
  ],
  ['PKCS#8 with octets behind', leaf.certificate, [wrapped(sequence(EC, P256), sec1(secret)), NULL]],
  [
    'PKCS#8 with octets at its end',
    leaf.certificate,
    sequence(integer(0), sequence(EC, P256), octetString(sec1(secret)), NULL),
  ],
  [
    'PKCS#8 with octets behind the key inside',
    leaf.certificate,
    wrapped(sequence(EC, P256), [sec1(secret), NULL]),
  ],
  [
    'PKCS#8 with a long length',
    leaf.certificate,
    longLength(0x30, integer(0), sequence(EC, P256), octetString(sec1(secret))),
  ],
  [
    'PKCS#8 with an open length',
    leaf.certificate,
    indefinite(0x30, integer(0), sequence(EC, P256), octetString(sec1(secret))),
  ],
  [
    'PKCS#8 with an octet string in pieces',
    leaf.certificate,
    sequence(integer(0), sequence(EC, P256), tlv(0x24, octetString(sec1(secret)))),
  ],
  [
    'PKCS#8 with a long length inside',
    leaf.certificate,
    wrapped(sequence(EC, P256), longLength(0x30, integer(1), octetString(secret))),
  ],
  ['PKCS#8 without a curve outside', leaf.certificate, wrapped(sequence(EC), sec1(secret, tlv(0xa0, P256)))],
  [
    'PKCS#8 with NULL for a curve',
    leaf.certificate,
    wrapped(sequence(EC, NULL), sec1(secret, tlv(0xa0, P256))),
  ],
  [
    'PKCS#8 with a damaged curve',
    leaf.certificate,
    wrapped(sequence(EC, tlv(0x06, Buffer.from([0x80, 1]))), sec1(secret, tlv(0xa0, P256))),
  ],
  [
    'PKCS#8 with another curve inside',
    leaf.certificate,
    wrapped(sequence(EC, P256), sec1(secret, tlv(0xa0, oid('1.3.132.0.34')))),
  ],
  [
    'PKCS#8 with another curve outside',
    leaf.certificate,
    wrapped(sequence(EC, oid('1.3.132.0.34')), sec1(secret, tlv(0xa0, P256))),
  ],
  ['SEC 1', leaf.certificate, sec1(secret, tlv(0xa0, P256))],
  ['SEC 1 with octets behind', leaf.certificate, [sec1(secret, tlv(0xa0, P256)), NULL]],
  ['SEC 1 with octets at its end', leaf.certificate, sec1(secret, tlv(0xa0, P256), NULL)],
  [
    'SEC 1 with a long length',
    leaf.certificate,
    longLength(0x30, integer(1), octetString(secret), tlv(0xa0, P256)),
  ],
  [
    'SEC 1 with an open length',
    leaf.certificate,
    indefinite(0x30, integer(1), octetString(secret), tlv(0xa0, P256)),
  ],
  [
    'SEC 1 with a padded version',
    leaf.certificate,
    sequence(integer(0, 1), octetString(secret), tlv(0xa0, P256)),
  ],
  [
    'SEC 1 with its curve behind its point',
    leaf.certificate,
    sec1(secret, tlv(0xa1, bitString(Buffer.from([4]))), tlv(0xa0, P256)),
  ],
  ['SEC 1 with an empty curve', leaf.certificate, sec1(secret, tlv(0xa0))],
  [
    'SEC 1 with a point that is no bit string',
    leaf.certificate,
    sec1(secret, tlv(0xa0, P256), tlv(0xa1, NULL)),
  ],
  [
    'SEC 1 with a damaged point',
    leaf.certificate,
    sec1(secret, tlv(0xa0, P256), tlv(0xa1, bitString(Buffer.from([1]), 3))),
  ],
  ['SEC 1 with an empty point', leaf.certificate, sec1(secret, tlv(0xa0, P256), tlv(0xa1))],
  ['SEC 1 without a scalar', leaf.certificate, sec1(Buffer.alloc(0), tlv(0xa0, P256))],
  ['Ed25519', ED_LEAF, wrapped(ED25519, octetString(seed))],
  ['Ed25519 with parameters', ED_LEAF, wrapped(sequence(oid('1.3.101.112'), NULL), octetString(seed))],
  ['Ed25519 of version 7', ED_LEAF, sequence(integer(7), ED25519, octetString(octetString(seed)))],
  ['Ed25519 with octets behind its seed', ED_LEAF, wrapped(ED25519, [octetString(seed), NULL])],
  ['Ed25519 with octets behind', ED_LEAF, [wrapped(ED25519, octetString(seed)), NULL]],
  ['Ed25519 of 31 octets', ED_LEAF, wrapped(ED25519, octetString(seed.subarray(1)))],
  ['Ed25519 without an octet string inside', ED_LEAF, wrapped(ED25519, seed)],
];

/** Files of a pair, by what is odd about them: the certificate, the key. */
const PAIRS: readonly (readonly [string, string, string])[] = [
  ['nothing odd', leaf.certificate, leaf.key],
  ['CRLF', leaf.certificate.replaceAll('\n', '\r\n'), leaf.key.replaceAll('\n', '\r\n')],
  ['CR alone', leaf.certificate.replaceAll('\n', '\r'), leaf.key],
  ['text before and behind', `subject=e1\n\n${leaf.certificate}end\n`, `Key:\n${leaf.key}`],
  ['text before on the same line', `x${leaf.certificate}`, leaf.key],
  ['a byte order mark', `\ufeff${leaf.certificate}`, leaf.key],
  ['no last line feed', leaf.certificate.trimEnd(), leaf.key.trimEnd()],
  ['no END', leaf.certificate.replace(/-----END.*\n/, ''), leaf.key],
  ['another END', leaf.certificate.replace('END CERTIFICATE', 'END X'), leaf.key],
  ['four dashes', leaf.certificate.replace('-----BEGIN', '----BEGIN'), leaf.key],
  ['the label X509 CERTIFICATE', leaf.certificate.replaceAll('CERTIFICATE', 'X509 CERTIFICATE'), leaf.key],
  [
    'the label TRUSTED CERTIFICATE',
    leaf.certificate.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'),
    leaf.key,
  ],
  ['a label in small letters', leaf.certificate.replaceAll('CERTIFICATE', 'certificate'), leaf.key],
  ['spaces behind the lines', leaf.certificate.replaceAll('\n', '  \n'), leaf.key],
  ['spaces before the lines', leaf.certificate.replaceAll('\n', '\n  '), leaf.key],
  ['empty lines inside', leaf.certificate.replace('\nM', '\n\nM'), leaf.key],
  [
    'one line',
    `-----BEGIN CERTIFICATE-----\n${body(leaf.certificate).replaceAll('\n', '')}\n-----END CERTIFICATE-----\n`,
    leaf.key,
  ],
  ['headers', leaf.certificate.replace('-----\n', '-----\nA: b\nC: d\n\n'), leaf.key],
  ['a letter that is no base64', leaf.certificate.replace('\nM', '\n*M'), leaf.key],
  ['base64 of a URL', leaf.certificate.replace(/\nM/, '\n-M'), leaf.key],
  ['a letter too few', leaf.certificate.replace('\nM', '\n'), leaf.key],
  ['padding too much', leaf.certificate.replace(/=*\n-----END/, '====\n-----END'), leaf.key],
  ['two certificates, the CA second', leaf.certificate + ca.certificate, leaf.key],
  ['two certificates, the CA first', ca.certificate + leaf.certificate, leaf.key],
  [
    'a broken block first',
    `-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n${leaf.certificate}`,
    leaf.key,
  ],
  ['the key in the same file', leaf.key + leaf.certificate, leaf.key + leaf.certificate],
  ['the files exchanged', leaf.key, leaf.certificate],
  ['an empty certificate', '', leaf.key],
  ['an empty key', leaf.certificate, ''],
  ['a certificate of nothing', pem('CERTIFICATE', Buffer.alloc(0)), leaf.key],
  ['a certificate of zeros', pem('CERTIFICATE', Buffer.alloc(200)), leaf.key],
  ['DER without PEM', leaf.der.toString('latin1'), leaf.key],
  ['a key in SEC 1', leaf.certificate, leafKey.export({ type: 'sec1', format: 'pem' }).toString()],
  [
    'a key with its parameters before it',
    leaf.certificate,
    pem('EC PARAMETERS', P256) + leafKey.export({ type: 'sec1', format: 'pem' }),
  ],
  ['a key under the label of RSA', leaf.certificate, leaf.key.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')],
  ['a key under a label of its own', leaf.certificate, leaf.key.replaceAll('PRIVATE KEY', 'MY PRIVATE KEY')],
  [
    'a key under the label OPENSSH',
    leaf.certificate,
    leaf.key.replaceAll('PRIVATE KEY', 'OPENSSH PRIVATE KEY'),
  ],
  [
    'a key without a space in its label',
    leaf.certificate,
    leaf.key.replaceAll('PRIVATE KEY', 'XPRIVATE KEY'),
  ],
  [
    'an encrypted key',
    leaf.certificate,
    leafKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
  ],
  [
    'a key encrypted in the old way',
    leaf.certificate,
    leafKey.export({ type: 'sec1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
  ],
  ['another key', leaf.certificate, forgeLeaf({}, ecKey()).key],
  ['a key of another type', leaf.certificate, rsa.export({ type: 'pkcs8', format: 'pem' }).toString()],
  [
    'a key of another curve',
    leaf.certificate,
    ecKey('P-384').export({ type: 'pkcs8', format: 'pem' }).toString(),
  ],
  ['an RSA pair', forgeLeaf({}, rsa).certificate, rsa.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ['a public key', leaf.certificate, pem('PUBLIC KEY', spki(leafKey))],
  ['a scalar with a zero octet too many', leaf.certificate, pkcs8(sec1([Buffer.from([0]), secret]))],
  ['a scalar of 0', leaf.certificate, pkcs8(sec1(Buffer.alloc(32)))],
  ['a scalar beyond the order', leaf.certificate, pkcs8(sec1(Buffer.alloc(32, 0xff)))],
  ['a scalar of 33 octets', leaf.certificate, pkcs8(sec1(Buffer.alloc(33, 1)))],
  ['a key without a curve', leaf.certificate, pem('EC PRIVATE KEY', sec1(secret))],
  [
    'a key of version 2',
    leaf.certificate,
    pem('EC PRIVATE KEY', sequence(integer(2), octetString(secret), tlv(0xa0, P256))),
  ],
  [
    'a key with another public key beside it',
    leaf.certificate,
    pem('EC PRIVATE KEY', sec1(secret, tlv(0xa0, P256), tlv(0xa1, spki(ecKey()).subarray(-68)))),
  ],
  ['a key of an unknown algorithm', leaf.certificate, pkcs8(sec1(secret), sequence(oid('1.2.3.4')))],
  ['a key of nothing', leaf.certificate, pem('PRIVATE KEY', Buffer.alloc(0))],
  ['a key of zeros', leaf.certificate, pem('PRIVATE KEY', Buffer.alloc(64))],
  ['an RSA key with an even exponent', forgeLeaf({}, rsa).certificate, rsaWith('e', 4)],
  ['an RSA key with exponent 1', forgeLeaf({}, rsa).certificate, rsaWith('e', 1)],
  ['an RSA key with another prime', forgeLeaf({}, rsa).certificate, rsaWith('p', 5)],
  ['an RSA key with another private exponent', forgeLeaf({}, rsa).certificate, rsaWith('d', 5)],
  ...ENCODINGS.map(([name, certificate, key]) => [name, certificate, pem('PRIVATE KEY', join(key))] as const),
];

const tried = sample(PAIRS, 3);

/** CA files. */
const POOLS: readonly (readonly [string, string])[] = [
  ['nothing odd', ca.certificate],
  ['two of them', ca.certificate + forgeAuthority({}, ecKey()).certificate],
  ['the same twice', ca.certificate + ca.certificate],
  ['comments', `# our CA\n${ca.certificate}`],
  ['a key behind', ca.certificate + leaf.key],
  ['a key before', leaf.key + ca.certificate],
  ['the label TRUSTED CERTIFICATE', ca.certificate.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')],
  ['a damaged one behind', ca.certificate + pem('CERTIFICATE', Buffer.alloc(8))],
  ['broken base64 before', `-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n${ca.certificate}`],
  ['nothing at all', ''],
  ['DER without PEM', ca.der.toString('latin1')],
  ['a byte order mark', `\ufeff${ca.certificate}`],
  ['CRLF', ca.certificate.replaceAll('\n', '\r\n')],
];

describeWithPrograms(['go-x509'], 'files as Go reads them', (program) => {
  let member: HostRoot;
  beforeAll(async () => {
    member = await forgedMember();
  });

  it('pairs', async () => {
    const questions = tried.map(
      ([, certificate, key]) =>
        ({ ask: 'handshake', certificate, key, roots: ca.certificate, at: AT, host: '10.0.0.1' }) as const,
    );
    const answers = askGo(program('go-x509').path, questions);
    const differing: unknown[] = [];
    for (const [index, [name, certificate, key]] of tried.entries()) {
      const go = answers[index]?.says;
      const errors = (await verifyMember(member, { [SERVER_CERTIFICATE]: certificate, [SERVER_KEY]: key }))
        .filter(({ level }) => level === 'error')
        .map(({ etcdSays }) => etcdSays);
      if ((go === '') !== (errors.length === 0)) differing.push({ name, go, errors });
    }
    expect(differing).toEqual([]);
    const refused = answers.filter(({ says }) => says !== '').length;
    expect(refused).toBeGreaterThan(tried.length / 7);
    expect(refused).toBeLessThan(tried.length - tried.length / 13);
  });

  it('CA files', async () => {
    const questions = POOLS.flatMap(([, roots]) => [
      { ask: 'pool', roots } as const,
      { ask: 'handshake', ...leaf, roots, at: AT, host: '10.0.0.1' } as const,
    ]);
    const answers = askGo(program('go-x509').path, questions);
    const differing: unknown[] = [];
    for (const [index, [name, roots]] of POOLS.entries()) {
      const go = answers[2 * index]?.says || answers[2 * index + 1]?.says;
      const errors = (await verifyMember(member, { [AUTHORITY]: roots }))
        .filter(({ level }) => level === 'error')
        .map(({ etcdSays }) => etcdSays);
      if ((go === '') !== (errors.length === 0)) differing.push({ name, go, errors });
    }
    expect(differing).toEqual([]);
  });

  it('ten megabytes of them are refused, and soon', async () => {
    const long = `${'x'.repeat(10 * 1024 * 1024)}\n${leaf.certificate}`;
    const findings = await verifyMember(member, { [SERVER_CERTIFICATE]: long });
    expect(findings.some(({ level, path }) => level === 'error' && path.endsWith('server.crt'))).toBe(true);
  });

  it('none ends the reading of an authority in anything but issues', async () => {
    for (const [name, certificate, key] of tried) {
      const error: unknown = await readAuthority(certificate, key, 'certificates.ca', AT).catch(
        (reason: unknown) => reason,
      );
      expect(isEtcdBundleError(error), name).toBe(true);
      expect(String(error)).not.toContain('PRIVATE KEY-----');
    }
    const sound = ca.key;
    for (const [name, , key] of tried) {
      const read: unknown = await readAuthority(ca.certificate, key, 'certificates.ca', AT).catch(
        (reason: unknown) => reason,
      );
      expect(isEtcdBundleError(read), name).toBe(true);
    }
    expect((await readAuthority(ca.certificate, sound, 'certificates.ca', AT)).keyPair.algorithm).toBe(
      'ecdsa-p256',
    );
    expect(createPrivateKey(sound).asymmetricKeyType).toBe('ec');
  });
});

/** An RSA key in PKCS#1 with one number exchanged for a small one. */
function rsaWith(name: RsaField, value: number): string {
  return pem('RSA PRIVATE KEY', sequence(integer(0), rsaNumbers({ [name]: integer(value) })));
}

function rsaNumbers(
  others: Readonly<Partial<Record<RsaField, Part>>> = {},
  fields: readonly RsaField[] = RSA_FIELDS,
): readonly Part[] {
  const jwk = rsa.export({ format: 'jwk' });
  return fields.map((field) => {
    const octets = Buffer.from(jwk[field] ?? '', 'base64url');
    return others[field] ?? tlv(0x02, Buffer.alloc(octets.readUInt8(0) >= 0x80 ? 1 : 0), octets);
  });
}

function otherPrime(value: number): Part {
  return sequence(integer(value), integer(1), integer(1));
}

function wrapped(algorithm: Part, inner: Part): Part {
  return sequence(integer(0), algorithm, octetString(inner));
}
