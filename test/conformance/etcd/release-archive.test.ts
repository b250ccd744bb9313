import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../src/document/parse.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import {
  generateBundleWithPrograms,
  nodeCryptoProvider,
  readReleaseArchives,
  verifyPaths,
} from '../../../src/node/index.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { itLong } from '../../support/long-tests.js';
import { NOW, runCli } from '../../unit/cli/fake-io.js';

const MEMBERS_AT_ONCE = 8;
const MEBIBYTE = 2 ** 20;

for (const release of ETCD_RELEASES) {
  describeWithPrograms([`etcd-${release}`], `the programs of etcd ${release} in a tarball`, (program) => {
    const { path, version } = program(`etcd-${release}`);
    const names = release === '3.4' ? ['etcd', 'etcdctl'] : ['etcd', 'etcdctl', 'etcdutl'];
    const name = `etcd-v${version}-linux-amd64`;
    const etcd = { version: release, archive: 'etcd-v{arch}.tar.gz'.replace('v', `v${version}-linux-`) };
    let folder = '';

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-archive-'));
      mkdirSync(join(folder, name));
      for (const one of names) cpSync(join(dirname(path), one), join(folder, name, one));
      writeFileSync(join(folder, name, 'README.md'), '# etcd');
      execFileSync('tar', ['-I', 'gzip -1', '-cf', `${name}.tar.gz`, name], { cwd: folder });
      const sum = createHash('sha256')
        .update(readFileSync(join(folder, `${name}.tar.gz`)))
        .digest('hex');
      writeFileSync(join(folder, 'SHA256SUMS'), `${sum}  ${name}.tar.gz\n`);
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('run once they are extracted', async () => {
      const members = [{ name: 'e1', address: '10.0.0.1' }];
      writeFileSync(join(folder, 'c.yaml'), JSON.stringify({ members, etcd }));
      const outcome = await runCli(['generate', 'c.yaml', '--out', 'out'], { cwd: folder });
      expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
      const out = join(folder, 'out');
      execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: out });
      const host = join(folder, 'host');
      mkdirSync(host);
      execFileSync('tar', ['-xzf', join(out, 'e1.tar.gz'), '-C', host]);
      const bin = join(host, 'usr/local/bin');
      for (const one of names) {
        const text = execFileSync(join(bin, one), [one === 'etcd' ? '--version' : 'version']).toString();
        expect(text).toContain(version);
        expect(statSync(join(bin, one)).mode & 0o7777).toBe(0o755);
      }
      const runbook = readFileSync(join(out, 'RUNBOOK.md'), 'utf8');
      expect(runbook).not.toContain('is at `/usr/local/bin/etcd` on every member');
      expect((await verifyPaths([out], { at: NOW })).summary.errors).toBe(0);
    });

    itLong('are missed by verify where they are others', async () => {
      const work = join(folder, 'out');
      execFileSync(
        'sh',
        ['-c', 'gunzip -c e1.tar.gz | sed "s/etcdserver/etcdserveR/" | gzip -1 > e && mv e e1.tar.gz'],
        {
          cwd: work,
        },
      );
      const { findings } = await verifyPaths([work], { at: NOW });
      expect(findings.filter(({ rule }) => rule === 'checksums').map((finding) => finding.path)).toContain(
        '/usr/local/bin/etcd',
      );
    });

    itLong('take memory that does not grow with the members', async () => {
      const members = Array.from({ length: MEMBERS_AT_ONCE }, (_, index) => ({
        name: `e${index}`,
        address: `10.0.0.${index + 1}`,
      }));
      const spec = parseClusterSpec({ members, etcd });
      const programs = await readReleaseArchives(spec, folder);
      if (programs === undefined) throw new Error('the document names an archive');
      const before = process.memoryUsage().rss;
      let most = 0;
      let size = 0;
      const options = { crypto: nodeCryptoProvider(), now: NOW, document: '' };
      for await (const file of generateBundleWithPrograms(spec, programs, options)) {
        if ('bytes' in file) continue;
        for await (const bytes of file.open()) size += bytes.length;
        most = Math.max(most, process.memoryUsage().rss - before);
      }
      programs.close();
      expect(size).toBeGreaterThan(250 * MEBIBYTE);
      expect(most).toBeLessThan(150 * MEBIBYTE);
    });
  });
}
