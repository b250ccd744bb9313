import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeTbsCertList } from '../../../src/x509/certificate-list.js';
import { readRevocationList } from '../../../src/x509/read/revocation-list.js';
import { encodeSigned } from '../../../src/x509/signed.js';
import { runs } from '../../support/long-tests.js';
import { certificateListContents, serialValue } from './arbitraries.js';
import { pkijsCertificateList } from './pkijs-certificate-list.js';

it('has the octets that pkijs writes for the same contents', () => {
  fc.assert(
    fc.property(
      certificateListContents,
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      (contents, signature) => {
        const ours = encodeSigned(encodeTbsCertList(contents), contents.signatureAlgorithm, signature);
        expect(hex(ours)).toBe(hex(pkijsCertificateList(contents, signature)));
      },
    ),
    { numRuns: runs(1000) },
  );
});

it('is read back, by both of Go’s ways, with the serial numbers and times that were written', () => {
  fc.assert(
    fc.property(
      certificateListContents,
      fc.constantFrom('ParseCRL', 'ParseRevocationList'),
      (contents, parser) => {
        const tbs = encodeTbsCertList(contents);
        const der = encodeSigned(tbs, contents.signatureAlgorithm, Uint8Array.of(1));
        expect(readRevocationList(der, parser)).toMatchObject({
          type: 'ok',
          value: {
            serialNumbers: new Set(
              contents.revokedCertificates
                .map(serialValue)
                .toSorted((one, other) => (one < other ? -1 : 1))
                .map((serial) => serial.toString(16)),
            ),
            thisUpdate: contents.thisUpdate,
            nextUpdate: contents.nextUpdate,
          },
        });
      },
    ),
    { numRuns: runs(1000) },
  );
});

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
