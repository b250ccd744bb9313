import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isEtcdBundleError, issuePki, parseClusterSpec, planCertificates } from '../../../src/index.js';
import { nodeCryptoProvider, readAuthorities } from '../../../src/node/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import {
  bitString,
  FALSE,
  indefinite,
  integer,
  octetString,
  oid,
  type Part,
  sequence,
  set,
  TRUE,
  text,
  tlv,
} from './bytes.js';
import {
  AT,
  AUTHORITY_CONSTRAINTS,
  AUTHORITY_USAGE,
  attribute,
  authorityKey,
  type CertificateParts,
  commonName,
  dnsName,
  ecKey,
  extension,
  forgeAuthority,
  ipAddress,
  keyIdentifier,
  name,
} from './forge.js';
import { askGo } from './go.js';

interface Row {
  readonly name: string;
  readonly parts?: Partial<CertificateParts>;
  /** Instead of all extensions. */
  readonly extensions?: readonly Part[];
  /** What we say, where we refuse it. */
  readonly refused?: RegExp;
}

interface Issued {
  readonly roots: string;
  /** Those with alternative names. */
  readonly leaves: readonly string[];
}

const SOUND: readonly Part[] = [AUTHORITY_USAGE, AUTHORITY_CONSTRAINTS, keyIdentifier(authorityKey)];
const purposes = (...oids: readonly string[]): Buffer => extension('2.5.29.37', sequence(...oids.map(oid)));
const constraints = (value: Part): Buffer => extension('2.5.29.30', sequence(value), TRUE);
const permitted = (...names: readonly Part[]): Buffer => tlv(0xa0, ...names.map((it) => sequence(it)));
const subject = (...parts: readonly Part[]): Partial<CertificateParts> => ({
  subject: name(...parts),
  issuer: name(...parts),
});
const printable = attribute('2.5.4.3', text(0x13, 'Root'));

const ROWS: readonly Row[] = [
  { name: 'nothing odd' },
  {
    name: 'a path length of 0',
    extensions: [AUTHORITY_USAGE, extension('2.5.29.19', sequence(TRUE, integer(0)), TRUE)],
  },
  { name: 'no key identifier', extensions: [AUTHORITY_USAGE, AUTHORITY_CONSTRAINTS] },
  {
    name: 'a key identifier of one octet',
    extensions: [
      AUTHORITY_USAGE,
      AUTHORITY_CONSTRAINTS,
      extension('2.5.29.14', octetString(Buffer.from([7]))),
    ],
  },
  { name: 'no key usage', extensions: [AUTHORITY_CONSTRAINTS] },
  {
    name: 'basic constraints that are not critical',
    extensions: [AUTHORITY_USAGE, extension('2.5.29.19', sequence(TRUE))],
  },
  {
    name: 'a name in T61String',
    parts: subject(attribute('2.5.4.3', text(0x14, 'Gr\u00fc\u00df', 'latin1'))),
  },
  {
    name: 'a name in T61String with an octet that windows-1252 has elsewhere',
    parts: subject(attribute('2.5.4.3', tlv(0x14, Buffer.from([0x41, 0x80, 0x9f])))),
  },
  {
    name: 'a name in BMPString',
    parts: subject(attribute('2.5.4.3', tlv(0x1e, Buffer.from([0, 0x52, 0x01, 0x10])))),
  },
  {
    name: 'a name in IA5String',
    parts: subject(attribute('1.2.840.113549.1.9.1', text(0x16, 'ca@example.org')), commonName('Root')),
  },
  { name: 'a name in UTF8String that could be a PrintableString', parts: subject(commonName('Root')) },
  { name: 'a name in PrintableString', parts: subject(printable) },
  { name: 'a name with spaces around it', parts: subject(commonName('  Root  ')) },
  { name: 'a name with special characters', parts: subject(commonName('a,b+c="d"\\<e>;#')) },
  {
    name: 'a name with two attributes in one RDN',
    parts: {
      subject: sequence(set(printable, attribute('2.5.4.10', text(0x0c, 'O')))),
      issuer: sequence(set(printable)),
    },
  },
  { name: 'a name without a common name', parts: subject(attribute('2.5.4.10', text(0x0c, 'Example'))) },
  {
    name: 'a name of 3 organizations',
    parts: subject(...['a', 'b', 'c'].map((it) => attribute('2.5.4.10', text(0x0c, it)))),
  },
  {
    name: 'serverAuth and clientAuth',
    extensions: [...SOUND, purposes('1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2')],
  },
  { name: 'any purpose', extensions: [...SOUND, purposes('2.5.29.37.0')] },
  {
    name: 'constraints that allow all names',
    extensions: [
      ...SOUND,
      constraints(permitted(ipAddress(0, 0, 0, 0, 0, 0, 0, 0), tlv(0x87, Buffer.alloc(32)), dnsName(''))),
    ],
  },
  { name: 'an unknown extension', extensions: [...SOUND, extension('1.2.3.4', Buffer.from([5, 0]))] },
  { name: 'a long serial number', parts: { serial: tlv(0x02, Buffer.alloc(20, 0x7f)) } },
  {
    name: 'serverAuth alone',
    extensions: [...SOUND, purposes('1.3.6.1.5.5.7.3.1')],
    refused: /extended key usages/,
  },
  {
    name: 'codeSigning alone',
    extensions: [...SOUND, purposes('1.3.6.1.5.5.7.3.3')],
    refused: /extended key usages/,
  },
  {
    name: 'constraints to another range',
    extensions: [...SOUND, constraints(permitted(ipAddress(11, 0, 0, 0, 255, 0, 0, 0)))],
    refused: /IP address "10\.0\.0\.1" is not permitted/,
  },
  {
    name: 'constraints to a domain',
    extensions: [...SOUND, constraints(permitted(dnsName('example.org')))],
    refused: /DNS name "e1" is not permitted/,
  },
  {
    name: 'constraints against localhost',
    extensions: [...SOUND, constraints(tlv(0xa1, sequence(dnsName('localhost'))))],
    refused: /"localhost" is excluded by constraint "localhost"/,
  },
  {
    name: 'an unknown critical extension',
    extensions: [...SOUND, extension('1.2.3.4', Buffer.from([5, 0]), TRUE)],
    refused: /critical extension .*1\.2\.3\.4/,
  },
  {
    name: 'CA FALSE',
    extensions: [AUTHORITY_USAGE, extension('2.5.29.19', sequence(FALSE), TRUE)],
    refused: /is not a CA/,
  },
  { name: 'no basic constraints', extensions: [AUTHORITY_USAGE], refused: /is not a CA/ },
  {
    name: 'no keyCertSign',
    extensions: [AUTHORITY_CONSTRAINTS, extension('2.5.29.15', bitString(Buffer.from([0x80]), 7), TRUE)],
    refused: /key usage/,
  },
  {
    name: 'expired',
    parts: { validity: sequence(text(0x17, '250715000000Z'), text(0x17, '260715000000Z')) },
    refused: /expired on 2026-07-15T00:00:00Z/,
  },
  {
    name: 'not valid yet',
    parts: { validity: sequence(text(0x17, '280715000000Z'), text(0x17, '290715000000Z')) },
    refused: /not valid before 2028-07-15T00:00:00Z/,
  },
  { name: 'a negative serial number', parts: { serial: integer(0xff) }, refused: /negative serial number/ },
  {
    // Written anew in DER before anything gets it.
    name: 'an indefinite length',
    parts: { whole: (members) => indefinite(0x30, members) },
  },
  {
    name: 'a date that is none',
    parts: { validity: sequence(text(0x17, '260230000000Z'), text(0x17, '270715000000Z')) },
    refused: /malformed UTCTime|cannot be read/,
  },
  {
    name: 'an extension twice',
    extensions: [...SOUND, AUTHORITY_CONSTRAINTS],
    refused: /duplicate extension|cannot be read/,
  },
  { name: 'version 1', parts: { version: [], extensions: undefined }, refused: /is not a CA/ },
  {
    name: 'the key at infinity',
    parts: {
      publicKey: sequence(
        sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')),
        bitString(Buffer.from([0])),
      ),
    },
    refused: /invalid uncompressed public key/,
  },
  {
    name: 'a compressed key',
    parts: {
      publicKey: sequence(
        sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')),
        bitString(Buffer.alloc(33, 2)),
      ),
    },
    refused: /invalid uncompressed public key|cannot be read/,
  },
];

describeWithPrograms(['go-x509'], 'a forged authority', (program) => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-forged-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function issueWith(certificate: string, key: string): Promise<Issued | string> {
    writeFileSync(join(folder, 'ca.crt'), certificate);
    writeFileSync(join(folder, 'ca.key'), key);
    const spec = parseClusterSpec({
      preset: 'kubeadm',
      members: [{ name: 'e1', address: '10.0.0.1' }],
      certificates: {
        key: 'ecdsa-p256',
        ca: { certificate: 'ca.crt', key: 'ca.key' },
        validity: { leaf: '24h' },
      },
    });
    try {
      const authorities = await readAuthorities(spec, folder, AT);
      const pki = await issuePki(spec, planCertificates(spec), {
        crypto: nodeCryptoProvider(),
        now: AT,
        authorities,
      });
      return {
        roots: pki.authorities[0]?.certificate ?? '',
        leaves: pki.leaves.flatMap((leaf) => (leaf.plan.altNames.length === 0 ? [] : [leaf.certificate])),
      };
    } catch (error) {
      if (isEtcdBundleError(error)) return error.message;
      throw error;
    }
  }

  it.each(ROWS)('$name', async ({ parts = {}, extensions = SOUND, refused }) => {
    const whole = { extensions, ...parts };
    const { certificate, key } = forgeAuthority(whole);
    const issued = await issueWith(certificate, key);
    if (refused !== undefined) {
      expect(issued).toMatch(refused);
      return;
    }
    expect(issued).not.toBeTypeOf('string');
    const { leaves, roots } = typeof issued === 'string' ? { leaves: [], roots: '' } : issued;
    expect(leaves.length).toBeGreaterThan(0);
    const verdicts = askGo(program('go-x509').path, [
      { ask: 'pool', roots },
      { ask: 'certificate', certificate: derOf(roots) },
      ...leaves.flatMap((leaf) =>
        (['serverAuth', 'clientAuth'] as const).map(
          (usage) =>
            ({
              ask: 'chain',
              certificate: leaf,
              roots,
              usage,
              at: AT,
              host: '10.0.0.1',
            }) as const,
        ),
      ),
    ]);
    expect(verdicts.map(({ says }) => says).filter((says) => says !== '')).toEqual([]);
    const [, authority] = verdicts;
    const [leaf] = askGo(program('go-x509').path, [
      {
        ask: 'certificate',
        certificate: derOf(leaves[0] ?? ''),
      },
    ]);
    expect(leaf?.certificate?.rawIssuer).toBe(authority?.certificate?.rawSubject);
    const wanted = authority?.certificate?.subjectKeyId;
    if (wanted !== '') expect(leaf?.certificate?.authorityKeyId).toBe(wanted);
  });

  it('with the key of another', async () => {
    const { certificate } = forgeAuthority();
    const issued = await issueWith(certificate, forgeAuthority({}, ecKey()).key);
    expect(issued).toMatch(/does not belong to the certificate/);
  });
});

/** Of the first block. */
function derOf(pem: string): Buffer {
  const [first = ''] = pem.split('-----END');
  return Buffer.from(first.replace(/-----.*-----|\n/g, ''), 'base64');
}
