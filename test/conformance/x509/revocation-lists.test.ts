import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { readRevocationFile } from '../../../src/host/revocation-list.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { bitString, integer, octetString, oid, type Part, sequence, text, tlv } from './bytes.js';
import { AUTHORITY_NAME, ECDSA_SHA256, extension, RSA_SHA256 } from './forge.js';
import { askGo } from './go.js';

interface ListParts {
  readonly version: readonly Part[];
  readonly inner: Part;
  readonly outer: Part;
  readonly issuer: Part;
  readonly updates: readonly Part[];
  readonly entries: readonly Part[];
  readonly extensions: readonly Part[];
  readonly signature: Part;
}

const TIME = text(0x17, '260715000000Z');
const NUMBER = extension('2.5.29.20', integer(7));
const SIGNATURE = bitString(Buffer.alloc(8, 1), 0);
const extensions = (...list: readonly Part[]) => tlv(0xa0, sequence(...list));
const entry = (serial: Part, ...more: readonly Part[]) => sequence(serial, TIME, ...more);
const reason = (value: Part) => sequence(extension('2.5.29.21', value));

function list(parts: Partial<ListParts> = {}): Buffer {
  const all: ListParts = {
    version: [integer(1)],
    inner: ECDSA_SHA256,
    outer: ECDSA_SHA256,
    issuer: AUTHORITY_NAME,
    updates: [TIME, TIME],
    entries: [sequence(entry(integer(0x12, 0x34)), entry(integer(5)))],
    extensions: [extensions(NUMBER)],
    signature: SIGNATURE,
    ...parts,
  };
  const { version, inner, issuer, updates, entries } = all;
  const tbs = sequence(...version, inner, issuer, ...updates, ...entries, ...all.extensions);
  return sequence(tbs, all.outer, all.signature);
}

const pem = (der: Buffer, type = 'X509 CRL', before = '') =>
  Buffer.from(`${before}-----BEGIN ${type}-----\n${der.toString('base64')}\n-----END ${type}-----\n`);

/** What people and attackers put where a CRL belongs. */
const lists: Readonly<Record<string, Buffer>> = {
  'a sound one': list(),
  'nobody revoked': list({ entries: [] }),
  'an empty list of the revoked': list({ entries: [sequence()] }),
  'no next update': list({ updates: [TIME] }),
  'no update at all': list({ updates: [] }),
  'no extensions': list({ extensions: [] }),
  'empty extensions': list({ extensions: [extensions()] }),
  'version 1': list({ version: [], extensions: [] }),
  'version 1, written': list({ version: [integer(0)] }),
  'version 3': list({ version: [integer(2)] }),
  'a version of nine octets': list({ version: [tlv(2, Buffer.alloc(9, 1))] }),
  'a version that is padded': list({ version: [tlv(2, Buffer.from([0, 1]))] }),
  'two algorithms': list({ outer: RSA_SHA256 }),
  'an algorithm without identifier': list({ inner: sequence(), outer: sequence() }),
  'no issuer': list({ issuer: Buffer.alloc(0) }),
  'an empty issuer': list({ issuer: sequence() }),
  'an issuer of a forbidden letter': list({
    issuer: sequence(tlv(0x31, sequence(oid('2.5.4.3'), text(0x13, 'a_b')))),
  }),
  'a date that never was': list({ updates: [text(0x17, '260230000000Z')] }),
  'a date without seconds': list({ updates: [text(0x17, '2602270000Z')] }),
  'a serial number of nothing': list({ entries: [sequence(entry(tlv(2, Buffer.alloc(0))))] }),
  'a serial number that is padded': list({ entries: [sequence(entry(tlv(2, Buffer.from([0, 5]))))] }),
  'a negative serial number': list({ entries: [sequence(entry(tlv(2, Buffer.from([0xff, 0x01]))))] }),
  'a serial number of 200 octets': list({ entries: [sequence(entry(tlv(2, Buffer.alloc(200, 0x7f))))] }),
  'a serial number that is a text': list({ entries: [sequence(entry(text(0x0c, '5')))] }),
  'an entry without a date': list({ entries: [sequence(sequence(integer(5)))] }),
  'an entry that is a number': list({ entries: [sequence(integer(5))] }),
  'a reason': list({ entries: [sequence(entry(integer(5), reason(tlv(0x0a, Buffer.from([1])))))] }),
  'a reason that is a number': list({ entries: [sequence(entry(integer(5), reason(integer(1))))] }),
  'an extension of an entry without value': list({
    entries: [sequence(entry(integer(5), sequence(sequence(oid('2.5.29.21')))))],
  }),
  'a CRL number that is a text': list({ extensions: [extensions(extension('2.5.29.20', text(0x0c, '7')))] }),
  'a critical authority key identifier': list({
    extensions: [extensions(extension('2.5.29.35', sequence(), tlv(1, Buffer.from([0xff]))))],
  }),
  'an authority key identifier that is a number': list({
    extensions: [extensions(extension('2.5.29.35', integer(1)))],
  }),
  'extensions that are no list': list({ extensions: [tlv(0xa0, integer(1))] }),
  'a signature of no octets': list({ signature: bitString(Buffer.alloc(0), 0) }),
  'a signature with stray bits': list({ signature: bitString(Buffer.from([0xff]), 3) }),
  'a signature that is octets': list({ signature: octetString(Buffer.alloc(8)) }),
  'something behind it': Buffer.concat([list(), Buffer.from('garbage')]),
  'something behind its signature': sequence(list().subarray(4), integer(1)),
  'a length that is open': Buffer.concat([Buffer.from([0x30, 0x80]), list().subarray(4), Buffer.alloc(2)]),
  'cut off': list().subarray(0, -3),
  nothing: Buffer.alloc(0),
  'a text': Buffer.from('not a crl'),
  PEM: pem(list()),
  'PEM under another name': pem(list(), 'CRL'),
  'PEM behind a text': pem(list(), 'X509 CRL', 'a text\n'),
  'PEM that is cut off': pem(list()).subarray(0, 60),
  'PEM of a certificate': pem(list(), 'CERTIFICATE'),
};

/** The sound list with one octet changed, each octet in turn. */
function mutants(): readonly Buffer[] {
  const der = list({
    entries: [sequence(entry(integer(0x12, 0x34), reason(tlv(0x0a, Buffer.from([1])))), entry(integer(5)))],
  });
  return Array.from(der).flatMap((octet, at) => {
    const [random = 0] = createHash('sha256').update(String(at)).digest();
    return [octet ^ 1, octet ^ 0x20, octet ^ 0x80, 0, 0xff, random].map((other) => {
      const mutant = Buffer.from(der);
      mutant[at] = other;
      return mutant;
    });
  });
}

describeWithPrograms(['go-x509'], 'a CRL', (program) => {
  it.each([
    ['the newer of Go’s readers', 'crl', 'ParseRevocationList'],
    ['the older one', 'old crl', 'ParseCRL'],
  ] as const)('is read as by %s, entry for entry', (_, ask, parser) => {
    const answers = askGo(
      program('go-x509').path,
      Object.values(lists).map((der) => ({ ask, list: der })),
    );
    const read = Object.values(lists).map((bytes) => outcome(bytes, parser));
    const named = (values: readonly unknown[]) =>
      Object.fromEntries(Object.keys(lists).map((name, at) => [name, values[at]]));
    expect(named(read)).toEqual(
      named(answers.map(({ says, revoked = [] }) => (says === '' ? [...revoked].sort() : wordsOf(says)))),
    );
  });

  it('is refused in Go’s words whichever octet of it is changed, or taken as Go takes it', () => {
    const made = mutants();
    expect(made.length).toBeGreaterThan(800);
    const answers = askGo(
      program('go-x509').path,
      made.map((der) => ({ ask: 'crl', list: der })),
    );
    const different = made.flatMap((der, at) => {
      const { says = '', revoked = [] } = answers[at] ?? {};
      const [ours, theirs] = [
        JSON.stringify(outcome(der, 'ParseRevocationList')),
        JSON.stringify(says === '' ? [...revoked].sort() : wordsOf(says)),
      ];
      return ours === theirs ? [] : [{ der: der.toString('hex'), ours, theirs }];
    });
    expect(different).toEqual([]);
  });
});

function outcome(bytes: Buffer, parser: 'ParseCRL' | 'ParseRevocationList'): readonly string[] | string {
  const file = readRevocationFile({ path: 'crl', bytes });
  if (file.type !== 'file') return file.type;
  const read = file.read[parser];
  return read.type === 'ok' ? [...new Set(read.value.serialNumbers)].sort() : wordsOf(read.says);
}

/** `encoding/asn1` tells the place in words that depend on Go's own types. */
function wordsOf(says: string): string {
  return says
    .replace(/^(?:asn1: (?:structure|syntax) error|parsing time ).*$/s, 'asn1')
    .replace(/^x509: invalid RDNSequence.*$/, 'name');
}
