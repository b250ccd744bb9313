import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { bitString, integer, join, NULL, octetString, oid, type Part, sequence, tlv } from '../bytes.js';
import { ecKey, forgeLeaf, spki } from '../forge.js';
import { type ForgedCase, key, leaf } from './making.js';

const P256 = oid('1.2.840.10045.3.1.7');
const EC = oid('1.2.840.10045.2.1');
const RSA = oid('1.2.840.113549.1.1.1');

/** Public keys, and the key beside them. */
export const keysCases: readonly ForgedCase[] = [
  key('an EC point off the curve', ecKey, (sound) => {
    const off = Buffer.from(sound);
    off.writeUInt8(off.readUInt8(off.length - 1) ^ 1, off.length - 1);
    return off;
  }),
  key('a compressed EC point', ecKey, (sound) => {
    const point = sound.subarray(-65);
    const sign = 2 + (point.readUInt8(64) & 1);
    return sequence(sequence(EC, P256), bitString(join(Buffer.from([sign]), point.subarray(1, 33))));
  }),
  key('the EC point at infinity', ecKey, () => sequence(sequence(EC, P256), bitString(Buffer.from([0])))),
  key('an EC point of too few octets', ecKey, (sound) =>
    sequence(sequence(EC, P256), bitString(sound.subarray(-65, -1))),
  ),
  key('an EC point with a coordinate beyond the field', ecKey, () =>
    sequence(sequence(EC, P256), bitString(join(Buffer.from([4]), Buffer.alloc(64, 0xff)))),
  ),
  key('explicit curve parameters', ecKey, (sound) =>
    sequence(sequence(EC, explicitP256()), bitString(sound.subarray(-65))),
  ),
  key('no curve parameters', ecKey, (sound) => sequence(sequence(EC), bitString(sound.subarray(-65)))),
  key('NULL for curve parameters', ecKey, (sound) =>
    sequence(sequence(EC, NULL), bitString(sound.subarray(-65))),
  ),
  key(
    'a curve that Go has not',
    () => ecKey('secp256k1'),
    (sound) => sound,
  ),
  key(
    'the curve P-224',
    () => ecKey('P-224'),
    (sound) => sound,
  ),
  key(
    'the curve P-384',
    () => ecKey('P-384'),
    (sound) => sound,
  ),
  key(
    'the curve P-521',
    () => ecKey('P-521'),
    (sound) => sound,
  ),
  key(
    'the curve P-384 that says P-256',
    () => ecKey('P-384'),
    (sound) => sequence(sequence(EC, P256), bitString(sound.subarray(-97))),
  ),
  key('unused bits in the public key', evenKey, (sound) =>
    sequence(sequence(EC, P256), bitString(sound.subarray(-65), 1)),
  ),
  key('a key of another algorithm', ecKey, (sound) =>
    sequence(sequence(oid('1.2.3.4')), bitString(sound.subarray(-65))),
  ),
  key(
    'Ed25519',
    () => generateKeyPairSync('ed25519').privateKey,
    (sound) => sound,
  ),
  key(
    'Ed25519 with NULL',
    () => generateKeyPairSync('ed25519').privateKey,
    (sound) => sequence(sequence(oid('1.3.101.112'), NULL), bitString(sound.subarray(-32))),
  ),
  key(
    'Ed25519 of 31 octets',
    () => generateKeyPairSync('ed25519').privateKey,
    (sound) => sequence(sequence(oid('1.3.101.112')), bitString(sound.subarray(-31))),
  ),
  key(
    'Ed448',
    () => generateKeyPairSync('ed448').privateKey,
    (sound) => sound,
  ),
  key(
    'RSA of 2048 bits',
    () => rsaKey(2048),
    (sound) => sound,
  ),
  key(
    'RSA of 512 bits',
    () => rsaKey(512),
    (sound) => sound,
  ),
  key(
    'RSA of 1023 bits',
    () => rsaKey(1023),
    (sound) => sound,
  ),
  key(
    'RSA without NULL',
    () => rsaKey(1024),
    (sound) => rsaInfo(sound, sequence(RSA)),
  ),
  key(
    'RSA with exponent 1',
    () => rsaKey(1024),
    (sound) => rsaWith(sound, integer(1)),
  ),
  key(
    'RSA with an even exponent',
    () => rsaKey(1024),
    (sound) => rsaWith(sound, integer(2)),
  ),
  key(
    'RSA with exponent 0',
    () => rsaKey(1024),
    (sound) => rsaWith(sound, integer(0)),
  ),
  key(
    'RSA with a negative exponent',
    () => rsaKey(1024),
    (sound) => rsaWith(sound, integer(0xfd)),
  ),
  key(
    'RSA with exponent 3',
    () => rsaKey(1024),
    (sound) => rsaWith(sound, integer(3)),
  ),
  key(
    'RSA with an exponent of 33 bits',
    () => rsaKey(1024),
    (sound) => rsaWith(sound, integer(1, 0, 0, 0, 1)),
  ),
  key(
    'RSA with an exponent of 72 bits',
    () => rsaKey(1024),
    (sound) => rsaWith(sound, integer(1, 0, 0, 0, 0, 0, 0, 0, 1)),
  ),
  key(
    'RSA with an exponent with a zero octet too many',
    () => rsaKey(1024),
    (sound) => rsaWith(sound, integer(0, 1, 0, 1)),
  ),
  key(
    'RSA with modulus 0',
    () => rsaKey(1024),
    (sound) => rsaInfo(sound, undefined, sequence(integer(0), integer(1, 0, 1))),
  ),
  key(
    'RSA with a negative modulus',
    () => rsaKey(1024),
    (sound) => rsaInfo(sound, undefined, sequence(tlv(0x02, Buffer.alloc(128, 0xff)), integer(1, 0, 1))),
  ),
  key(
    'octets behind an RSA key',
    () => rsaKey(1024),
    (sound) =>
      rsaInfo(
        sound,
        undefined,
        join(
          createPublicKey({ key: sound, format: 'der', type: 'spki' }).export({
            type: 'pkcs1',
            format: 'der',
          }),
          NULL,
        ),
      ),
  ),
  key(
    'an RSA key that is damaged',
    () => rsaKey(1024),
    (sound) => rsaInfo(sound, undefined, NULL),
  ),
  key(
    'RSA-PSS',
    () => generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).privateKey,
    (sound) => sound,
  ),
  leaf('octets behind the public key', () => ({ publicKey: sequence(spki(ecKey()).subarray(2), NULL) })),
  {
    name: 'the key of another certificate',
    make: () => ({ ...forgeLeaf(), key: forgeLeaf({}, ecKey()).key }),
  },
];

/** A key whose point ends in a zero bit, which may go unused. */
function evenKey(): KeyObject {
  const key = ecKey();
  return (spki(key).at(-1) ?? 1) % 2 === 0 ? key : evenKey();
}

const rsaKeys = new Map<number, KeyObject>();

function rsaKey(modulusLength: number): KeyObject {
  const made = rsaKeys.get(modulusLength) ?? generateKeyPairSync('rsa', { modulusLength }).privateKey;
  rsaKeys.set(modulusLength, made);
  return made;
}

function rsaWith(sound: Buffer, exponent: Part): Buffer {
  const pkcs1 = createPublicKey({ key: sound, format: 'der', type: 'spki' }).export({
    type: 'pkcs1',
    format: 'der',
  });
  // SEQUENCE of the modulus and of 65537, which takes five octets.
  return rsaInfo(sound, undefined, sequence(pkcs1.subarray(3, pkcs1.length - 5), exponent));
}

function rsaInfo(sound: Buffer, identifier: Part = sequence(RSA, NULL), value?: Part): Buffer {
  const pkcs1 = createPublicKey({ key: sound, format: 'der', type: 'spki' }).export({
    type: 'pkcs1',
    format: 'der',
  });
  return sequence(identifier, bitString(value ?? pkcs1));
}

/** ECParameters of P-256 spelled out (RFC 3279, 2.3.5), as old Java and CVE-2020-0601 had them. */
function explicitP256(): Buffer {
  const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
  return sequence(
    integer(1),
    sequence(
      oid('1.2.840.10045.1.1'),
      tlv(0x02, hex('00ffffffff00000001000000000000000000000000ffffffffffffffffffffffff')),
    ),
    sequence(
      octetString(hex('ffffffff00000001000000000000000000000000fffffffffffffffffffffffc')),
      octetString(hex('5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b')),
    ),
    octetString(
      hex(
        '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
      ),
    ),
    tlv(0x02, hex('00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551')),
    integer(1),
  );
}
