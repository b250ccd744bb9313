import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnvironmentFile } from '../../../src/systemd/environment-file.js';
import { buildCluster } from '../../support/cluster.js';

const FILE = '/etc/etcd/admin/etcdctl.env';

describe('etcdctl.env', () => {
  const home = mkdtempSync(join(tmpdir(), 'etcd-bundle-env-'));
  const folder = join(home, "any $folder it's");
  let text = '';
  beforeAll(async () => {
    const cluster = await buildCluster('members: [{name: e1, address: 10.0.0.1}]\n');
    text = cluster.text('admin', FILE.slice(1));
    mkdirSync(join(folder, 'admin'), { recursive: true });
    writeFileSync(join(folder, 'admin/etcdctl.env'), text);
  });
  afterAll(() => rmSync(home, { recursive: true }));

  /** What a shell that reads the file hands to etcdctl. */
  function readBy(shell: string, ...script: readonly string[]): readonly string[] {
    const lines = ['set -eua', ...script, 'set +a', 'env'].join('\n');
    const env = { PATH: process.env['PATH'] ?? '', CDPATH: '/etc:/' };
    const output = execFileSync(shell, ['-c', lines], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return output
      .split('\n')
      .filter((line) => /^ETCDCTL_(?:CACERT|CERT|KEY)=/.test(line))
      .sort();
  }
  const pairIn = (place: string): readonly string[] => [
    `ETCDCTL_CACERT=${place}/ca.crt`,
    `ETCDCTL_CERT=${place}/client.crt`,
    `ETCDCTL_KEY=${place}/client.key`,
  ];

  it.each([
    ['. admin/etcdctl.env'],
    ['. ./admin/etcdctl.env'],
    ['cd admin', '. ./etcdctl.env'],
    ['. "$PWD/admin/etcdctl.env"'],
  ])('finds the pair beside it in bash: %s', (...script) => {
    expect(readBy('bash', ...script)).toEqual(pairIn(join(folder, 'admin')));
  });

  it('names the pair below / for shells that do not know where it lies, and for systemd', () => {
    expect(readBy('sh', '. admin/etcdctl.env')).toEqual(pairIn('/etc/etcd/admin'));
    const { variables } = parseEnvironmentFile(text);
    expect(variables.slice(1).map(({ name, value }) => `${name}=${value}`)).toEqual(
      pairIn('/etc/etcd/admin'),
    );
  });
});
