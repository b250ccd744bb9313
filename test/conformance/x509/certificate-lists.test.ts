import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KeyAlgorithm } from '../../../src/index.js';
import { nodeCryptoProvider, readAuthority } from '../../../src/node/index.js';
import { signCertificateList } from '../../../src/pki/sign-certificate-list.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { askGo } from './go.js';
import { issueAt, single } from './issued.js';

const NOW = Math.floor(Date.now() / 1000);
const DAY = 86_400;
const KEYS: readonly KeyAlgorithm[] = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa-2048', 'ed25519'];
const crypto = nodeCryptoProvider();

describeWithPrograms(
  ['openssl', 'certtool', 'go-x509', 'zlint'],
  'a list of revoked certificates',
  (program) => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-crl-'));
    });
    afterAll(async () => {
      rmSync(folder, { recursive: true, force: true });
      await crypto.close();
    });
    const file = (name: string, content: string | Uint8Array): string => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    };
    const says = (name: 'openssl' | 'certtool' | 'zlint', ...words: readonly string[]): string => {
      const { stdout, stderr } = spawnSync(program(name).path, words, { encoding: 'utf8' });
      return stdout + stderr;
    };

    it.each(KEYS)('that %s signs is taken, and puts out whom it lists', async (key) => {
      const pki = await issueAt(NOW, single({ key, profile: 'strict' }));
      const [ca] = pki.authorities;
      const [revoked, other] = pki.leaves;
      if (ca === undefined || revoked === undefined || other === undefined) throw new Error('too few pairs');
      const authority = await readAuthority(ca.certificate, ca.privateKey, 'ca', NOW);
      const listOf = (crlNumber: number, serials: readonly string[]) =>
        signCertificateList(
          authority,
          {
            crlNumber,
            thisUpdate: NOW - 1,
            nextUpdate: NOW + 30 * DAY,
            revokedCertificates: serials.map((serial) => ({
              serialNumber: Uint8Array.from(Buffer.from(serial, 'hex')),
              revocationDate: NOW - 1,
              reason: 'keyCompromise',
            })),
          },
          crypto,
        );
      const lists = [await listOf(1, []), await listOf(2, [revoked.serialNumber, 'ff'.repeat(16)])];
      const caPath = file('ca.crt', ca.certificate);
      const answers = askGo(
        program('go-x509').path,
        lists.flatMap((list) => [
          { ask: 'crl', list },
          { ask: 'old crl', list },
        ]),
      );
      const serials = [revoked.serialNumber.replace(/^0+/, ''), 'ff'.repeat(16)].toSorted();
      expect(answers.map(({ revoked: read = [], ...rest }) => ({ ...rest, read: read.toSorted() }))).toEqual(
        [[], [], serials, serials].map((read) => ({ says: '', read })),
      );
      for (const [index, list] of lists.entries()) {
        const [der, pem] = [file('list.crl', list), join(folder, 'list.pem')];
        says('openssl', 'crl', '-inform', 'DER', '-in', der, '-out', pem);
        expect(says('openssl', 'crl', '-inform', 'DER', '-in', der, '-CAfile', caPath, '-noout')).toBe(
          'verify OK\n',
        );
        expect(says('certtool', '--verify-crl', '--load-ca-certificate', caPath, '--infile', pem)).toContain(
          'Verification output: Verified',
        );
        const lint: Record<string, { result: string }> = JSON.parse(says('zlint', pem));
        expect(Object.values(lint).map(({ result }) => result)).toContain('pass');
        expect(
          Object.entries(lint).filter(([, { result }]) => ['warn', 'error', 'fatal'].includes(result)),
        ).toEqual([]);
        const verify = (leaf: string) =>
          says('openssl', 'verify', '-x509_strict', '-crl_check', '-CAfile', caPath, '-CRLfile', pem, leaf);
        expect(verify(file('other.crt', other.certificate))).toMatch(/other\.crt: OK\n$/);
        expect(verify(file('revoked.crt', revoked.certificate))).toContain(
          index === 0 ? 'revoked.crt: OK' : 'certificate revoked',
        );
      }
    });
  },
);
