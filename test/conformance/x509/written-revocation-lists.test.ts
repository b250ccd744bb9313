import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readManifest } from '../../../src/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { sample } from '../../support/long-tests.js';
import { makeFolder, runCli } from '../../unit/cli/fake-io.js';
import { askGo } from './go.js';

const KEYS = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'ed25519', 'rsa-2048', 'rsa-4096'];

describeWithPrograms(['openssl', 'go-x509'], 'a revocation list of a bundle', (program) => {
  const openssl = (...words: readonly string[]): string =>
    execFileSync(program('openssl').path, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  it.each(sample(KEYS, 3))(
    'is read by Go and verified by OpenSSL, and revokes what it lists: %s',
    async (key) => {
      const cwd = makeFolder({
        'cluster.yaml': `members: [{name: e1, address: 10.0.0.1}]\nclients: [{name: app}, {name: other}]\ncertificates: {revocation: true, key: ${key}}\n`,
      });
      const place = mkdtempSync(join(tmpdir(), 'lists-'));
      onTestFinished(() => rmSync(place, { recursive: true }));
      const now = Math.floor(Date.now() / 1000);
      const run = async (...words: readonly string[]): Promise<void> =>
        expect(await runCli(words, { cwd, now })).toMatchObject({ exitCode: 0, stderr: '' });
      await run('generate', 'cluster.yaml', '--out', 'bundle');
      await run('revoke', 'bundle', 'client/app', '--reason', 'keyCompromise');
      const manifest = readManifest(readFileSync(join(cwd, 'bundle/bundle.json'), 'utf8'));
      const [ca] = manifest?.authorities ?? [];
      const app = manifest?.certificates.find(({ id }) => id === 'client/app');
      const der = Buffer.from(ca?.revocationList?.list ?? '', 'hex');
      for (const ask of ['crl', 'old crl'] as const) {
        const [answer] = askGo(program('go-x509').path, [{ ask, list: der }]);
        expect(answer).toMatchObject({ says: '', revoked: [app?.serialNumber.replace(/^0/, '')] });
      }
      const [list, authority] = [join(place, 'ca.crl'), join(cwd, 'bundle/ca/ca.crt')];
      writeFileSync(list, openssl('crl', '-inform', 'DER', '-in', writeDer(place, der)));
      expect(openssl('crl', '-in', list, '-CAfile', authority, '-noout', '-crlnumber')).toContain('0x02');
      for (const [name, isRevoked] of [
        ['app', true],
        ['other', false],
      ] as const) {
        const tarball = join(cwd, 'bundle.previous-1', `client-${name}.tar.gz`);
        const certificate = execFileSync('tar', ['-xzOf', tarball, `etc/etcd/clients/${name}/client.crt`]);
        const path = join(place, `${name}.crt`);
        writeFileSync(path, certificate);
        const verify = ['verify', '-x509_strict', '-crl_check', '-CRLfile', list, '-CAfile', authority, path];
        if (isRevoked) expect(() => openssl(...verify)).toThrow('certificate revoked');
        else expect(openssl(...verify)).toContain('OK');
      }
    },
  );
});

function writeDer(folder: string, der: Uint8Array): string {
  const path = join(folder, 'ca.der');
  writeFileSync(path, der);
  return path;
}
