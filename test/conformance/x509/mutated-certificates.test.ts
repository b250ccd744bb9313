import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CertificateView } from '../../../src/x509/read/certificate.js';
import { readCertificate } from '../../../src/x509/read/certificate-reader.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { forgeAuthority, forgeLeaf } from './forge.js';
import { forgedLeaves } from './forged/leaves.js';
import { askGo, type GoAnswer } from './go.js';

/** Of each kind of change. */
const RUNS = 3000;

const certificates: readonly Buffer[] = [
  forgeLeaf().der,
  forgeAuthority().der,
  ...forgedLeaves.map(({ make }) =>
    Buffer.from(make().certificate.replace(/-----.*-----|\n/g, ''), 'base64'),
  ),
];

/** One octet changed, taken out or put in, or some bits turned, anywhere. */
const changed: fc.Arbitrary<Buffer> = fc
  .tuple(fc.nat(), fc.nat(), fc.nat({ max: 255 }), fc.constantFrom('set', 'turn', 'drop', 'add'))
  .map(([which, where, octet, how]) => {
    // Every other one of a sound certificate, since most changes of a wrong one leave it wrong in the same way.
    const source =
      certificates[which % 2 === 0 ? (which / 2) % 2 : which % certificates.length] ?? Buffer.alloc(0);
    const at = where % source.length;
    const [before, after] = [source.subarray(0, at), source.subarray(at + 1)];
    if (how === 'drop') return Buffer.concat([before, after]);
    if (how === 'add') return Buffer.concat([before, Buffer.from([octet]), source.subarray(at)]);
    const value = how === 'set' ? octet : source.readUInt8(at) ^ (1 << (octet % 8));
    return Buffer.concat([before, Buffer.from([value]), after]);
  });

describeWithPrograms(['go-x509'], 'a certificate with an octet changed', (program) => {
  it('is read as Go reads it, or refused in its words', () => {
    const samples = fc.sample(changed, { numRuns: RUNS });
    const answers = askGo(
      program('go-x509').path,
      samples.map((certificate) => ({ ask: 'certificate', certificate })),
    );
    const differing = samples.flatMap((der, index) => {
      const go = answers[index];
      const ours = readCertificate(new Uint8Array(der));
      const isSame = ours.type === 'ok' ? isEqual(ours.value, go) : isSaid(ours.says, go?.says ?? '');
      return isSame
        ? []
        : [{ ours: ours.type === 'ok' ? ours.value : ours.says, go, der: der.toString('hex') }];
    });
    expect(differing).toEqual([]);
    const accepted = answers.filter(({ says }) => says === '').length;
    expect(accepted).toBeGreaterThan(RUNS / 20);
    expect(accepted).toBeLessThan(RUNS - RUNS / 20);
  });
});

function isEqual(
  { version, serialNumber, notBefore, notAfter, dnsNames, ipAddresses }: CertificateView,
  go: GoAnswer | undefined,
): boolean {
  const seen = [version, serialNumber, notBefore, notAfter, dnsNames, ipAddresses];
  const theirs = go?.certificate;
  const wanted = [
    theirs?.version,
    theirs?.serial,
    theirs?.notBefore,
    theirs?.notAfter,
    theirs?.dnsNames,
    theirs?.ipAddresses,
  ];
  return go?.says === '' && JSON.stringify(seen) === JSON.stringify(wanted);
}

/** What the parser of URIs has against one is left out. */
function isSaid(ours: string, go: string): boolean {
  return go === ours || (ours.startsWith('x509: cannot parse URI') && go.startsWith(ours));
}
