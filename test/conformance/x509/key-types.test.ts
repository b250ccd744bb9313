import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issuePki, type KeyAlgorithm, parseClusterSpec, planCertificates } from '../../../src/index.js';
import { readAuthority } from '../../../src/node/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { sample } from '../../support/long-tests.js';
import { askGo } from './go.js';
import { issueAt, sharedKeys, single } from './issued.js';

/** GnuTLS has no other clock than the machine's. */
const NOW = Math.floor(Date.now() / 1000);
const KEYS: readonly KeyAlgorithm[] = [
  'ecdsa-p256',
  'ecdsa-p384',
  'ecdsa-p521',
  'ed25519',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
];

describeWithPrograms(
  ['openssl', 'certtool', 'go-x509', 'zlint'],
  'a CA of one key type and leaves of another',
  (program) => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-keys-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(
      sample(
        KEYS.flatMap((ca) => KEYS.map((leaf) => [ca, leaf] as const)),
        3,
      ),
    )('%s and %s', async (ca, key) => {
      const [made] = (await issueAt(NOW, single({ key: ca }))).authorities;
      const authority = await readAuthority(
        made?.certificate ?? '',
        made?.privateKey ?? '',
        'certificates.ca',
        NOW,
      );
      const spec = parseClusterSpec(single({ key, ca: { certificate: 'ca.crt', key: 'ca.key' } }));
      const pki = await issuePki(spec, planCertificates(spec), {
        crypto: sharedKeys(),
        now: NOW,
        standInKeys: true,
        authorities: { ca: authority },
      });
      const leaf = pki.leaves.find(({ plan }) => plan.role === 'server');
      if (leaf === undefined) throw new Error('no server certificate');
      const [caPath, path] = [join(folder, 'ca.pem'), join(folder, 'leaf.pem')];
      writeFileSync(caPath, authority.certificate);
      writeFileSync(path, leaf.certificate);
      const strict = ['verify', '-x509_strict', '-attime', String(NOW), '-CAfile', caPath, path];
      expect(execFileSync(program('openssl').path, strict, { encoding: 'utf8' })).toBe(`${path}: OK\n`);
      const gnutls = ['--verify', '--load-ca-certificate', caPath, '--infile', path];
      expect(execFileSync(program('certtool').path, gnutls, { encoding: 'utf8', stdio: 'pipe' })).toContain(
        'Chain verification output: Verified.',
      );
      const [answer] = askGo(program('go-x509').path, [
        {
          ask: 'handshake',
          certificate: leaf.certificate,
          key: leaf.privateKey,
          roots: authority.certificate,
          at: NOW,
          host: '10.0.0.1',
        },
      ]);
      expect(answer?.says).toBe('');
      const lint: Record<string, { result: string }> = JSON.parse(
        execFileSync(program('zlint').path, ['-includeSources', 'RFC5280', path], { encoding: 'utf8' }),
      );
      expect(Object.entries(lint).filter(([, { result }]) => ['error', 'fatal'].includes(result))).toEqual(
        [],
      );
    });
  },
);
