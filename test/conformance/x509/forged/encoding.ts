import {
  bitString,
  indefinite,
  integer,
  join,
  longLength,
  NULL,
  octetString,
  oid,
  sequence,
  set,
  TRUE,
  tlv,
} from '../bytes.js';
import { commonName, ECDSA_SHA256, LEAF_NAMES, RSA_SHA256 } from '../forge.js';
import { type ForgedCase, leaf } from './making.js';

/** DER that is none, and values of the wrong kind. */
export const encodingCases: readonly ForgedCase[] = [
  leaf('nothing wrong', {}),
  leaf('an indefinite length around everything', { whole: (members) => indefinite(0x30, members) }),
  leaf('a length in four octets around everything', { whole: (members) => longLength(0x30, members) }),
  leaf('an indefinite length around what is signed', { tbs: (members) => indefinite(0x30, members) }),
  leaf('a length in four octets around what is signed', { tbs: (members) => longLength(0x30, members) }),
  leaf('a length in four octets around the serial number', { serial: longLength(0x02, Buffer.from([5])) }),
  leaf('a length in four octets in the subject', {
    subject: sequence(longLength(0x31, commonName('e1'))),
  }),
  leaf('an indefinite length in the subject', { subject: sequence(indefinite(0x31, commonName('e1'))) }),
  leaf('a length in four octets around the extensions', () => ({
    extensions: [join(longLength(0x30, oid('2.5.29.19'), TRUE, octetString(sequence()))), LEAF_NAMES],
  })),
  leaf('an indefinite length around the signature', {
    signature: (signature) => indefinite(0x23, bitString(signature)),
  }),
  leaf('octets behind it', { whole: (members) => join(sequence(members), Buffer.from([0])) }),
  leaf('octets behind the signature', { whole: (members) => sequence(members, NULL) }),
  leaf('octets behind the extensions', { tbs: (members) => sequence(members, NULL) }),
  leaf('a SET around everything', { whole: (members) => set(members) }),
  leaf('a length that reaches beyond the end', {
    whole: (members) => {
      const sound = sequence(members);
      return sound.subarray(0, sound.length - 4);
    },
  }),
  leaf('a high tag number around everything', {
    whole: (members) => join(Buffer.from([0x3f, 0x10]), sequence(members).subarray(1)),
  }),
  leaf('unused bits in the signature', { signature: (signature) => bitString(signature, 3) }),
  leaf('a signature that is no bit string', { signature: (signature) => octetString(signature) }),
  leaf('an empty signature', { signature: () => bitString(Buffer.alloc(0)) }),
];

/** Versions. */
export const versionCases: readonly ForgedCase[] = [
  leaf('version 1 without extensions', { version: [], extensions: undefined }),
  leaf('version 1 with extensions', { version: [] }),
  leaf('version 1 spelled out', { version: tlv(0xa0, integer(0)), extensions: undefined }),
  leaf('version 2 with extensions', { version: tlv(0xa0, integer(1)) }),
  leaf('version 2 without extensions', { version: tlv(0xa0, integer(1)), extensions: undefined }),
  leaf('version 4', { version: tlv(0xa0, integer(3)) }),
  leaf('version -1', { version: tlv(0xa0, integer(0xff)) }),
  leaf('version 3 in two octets', { version: tlv(0xa0, integer(0, 2)) }),
  leaf('version 3 without extensions', { extensions: undefined }),
  leaf('version 3 with an empty list of extensions', { extensions: [] }),
  leaf('no version tag', { version: integer(2) }),
];

/** Serial numbers. */
export const serialCases: readonly ForgedCase[] = [
  leaf('serial number 0', { serial: integer(0) }),
  leaf('a negative serial number', { serial: integer(0xff, 0x01) }),
  leaf('serial number -1', { serial: integer(0xff) }),
  leaf('a serial number with a zero octet too many', { serial: integer(0x00, 0x01) }),
  leaf('a serial number of no octets', { serial: tlv(0x02) }),
  leaf('a serial number of 20 octets', { serial: tlv(0x02, Buffer.alloc(20, 0x7f)) }),
  leaf('a serial number of 21 octets', { serial: tlv(0x02, Buffer.alloc(21, 0x7f)) }),
  leaf('a serial number of 300 octets', { serial: tlv(0x02, Buffer.alloc(300, 0x7f)) }),
  leaf('a serial number that is an octet string', { serial: octetString(Buffer.from([1])) }),
];

/** Algorithms and signatures. */
export const algorithmCases: readonly ForgedCase[] = [
  leaf('another algorithm outside', { outerAlgorithm: RSA_SHA256 }),
  leaf('another algorithm inside', { innerAlgorithm: RSA_SHA256, outerAlgorithm: ECDSA_SHA256 }),
  leaf('NULL behind the algorithm outside alone', {
    outerAlgorithm: sequence(oid('1.2.840.10045.4.3.2'), NULL),
  }),
  leaf('NULL behind both algorithms', { innerAlgorithm: sequence(oid('1.2.840.10045.4.3.2'), NULL) }),
  leaf('an algorithm that nobody knows', { innerAlgorithm: sequence(oid('1.2.3.4')) }),
  leaf('ECDSA with SHA-512', { innerAlgorithm: sequence(oid('1.2.840.10045.4.3.4')) }),
  leaf('an empty algorithm', { innerAlgorithm: sequence() }),
  leaf('a signature of RSA by an EC key', { innerAlgorithm: RSA_SHA256 }),
  leaf('a signature with one bit turned', {
    signature: (signature) => {
      const turned = Buffer.from(signature);
      turned.writeUInt8(turned.readUInt8(turned.length - 1) ^ 1, turned.length - 1);
      return bitString(turned);
    },
  }),
  leaf('a signature with octets behind it', {
    signature: (signature) => bitString(join(signature, Buffer.from([0]))),
  }),
  leaf('a signature with octets behind it, inside', {
    signature: (signature) => bitString(sequence(signature.subarray(2), NULL)),
  }),
  leaf('a signature with a length in four octets', {
    signature: (signature) => bitString(longLength(0x30, signature.subarray(2))),
  }),
  leaf('a signature with a zero octet too many', {
    signature: (signature) => {
      const length = signature.readUInt8(3);
      return bitString(
        sequence(
          tlv(0x02, Buffer.from([0, 0]), signature.subarray(4, 4 + length)),
          signature.subarray(4 + length),
        ),
      );
    },
  }),
  leaf('a signature of r = 0 and s = 0', { signature: () => bitString(sequence(integer(0), integer(0))) }),
];
