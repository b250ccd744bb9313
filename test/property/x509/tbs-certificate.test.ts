import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeTbsCertificate } from '../../../src/x509/certificate.js';
import { encodeName } from '../../../src/x509/distinguished-name.js';
import { runs } from '../../support/long-tests.js';
import { certificateContents, name } from './arbitraries.js';
import { pkijsTbsCertificate } from './pkijs-certificate.js';

const PUBLIC_KEYS = [
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  generateKeyPairSync('ec', { namedCurve: 'secp384r1' }),
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
].map(({ publicKey }) => new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })));

it('holds the to-be-signed octets that pkijs writes for the same contents', () => {
  const subject = fc.oneof({ weight: 9, arbitrary: name }, { weight: 1, arbitrary: fc.constant([]) });
  fc.assert(
    fc.property(certificateContents(fc.constantFrom(...PUBLIC_KEYS), subject), (contents) => {
      expect(hex(encodeTbsCertificate(contents))).toBe(hex(pkijsTbsCertificate(contents)));
    }),
    { numRuns: runs(1000) },
  );
});

it('copies the name of an issuer that it did not write', () => {
  fc.assert(
    fc.property(certificateContents(fc.constantFrom(...PUBLIC_KEYS), name), (contents) => {
      const copied = {
        ...contents,
        issuer: { der: 'der' in contents.issuer ? contents.issuer.der : encodeName(contents.issuer) },
      };
      expect(hex(encodeTbsCertificate(copied))).toBe(hex(pkijsTbsCertificate(contents)));
    }),
    { numRuns: runs(50, 10) },
  );
});

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
