import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTarball } from '../../../src/node/index.js';
import type { Verification } from '../../../src/verify/finding.js';
import { putAll } from '../../support/put-files.js';
import { CLUSTER, makeFolder, NOW, runCli } from '../cli/fake-io.js';

const LATER = NOW + 60;

async function bundle(): Promise<string> {
  const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
  await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
  return cwd;
}

async function verifyJson(
  cwd: string,
  ...args: readonly string[]
): Promise<Verification & { readonly exitCode: number }> {
  const { exitCode, stdout } = await runCli(['verify', ...args, '--json'], { cwd, now: LATER });
  return { ...JSON.parse(stdout), exitCode };
}

describe('verify', () => {
  it('takes tarballs as hosts of one cluster', async () => {
    const cwd = await bundle();
    const { exitCode, summary, findings } = await verifyJson(
      cwd,
      'out/e1.tar.gz',
      'out/e2.tar.gz',
      'out/e3.tar.gz',
    );
    expect([exitCode, summary.members]).toEqual([0, ['e1', 'e2', 'e3']]);
    expect(findings.map(({ rule }) => rule)).not.toContain('members-found');
  });

  it('lets every member and client of a bundle shake hands', async () => {
    const cwd = await bundle();
    const { exitCode, stdout } = await runCli(['verify', 'out', '--handshakes'], { cwd, now: LATER });
    expect(exitCode, stdout).toBe(0);
    expect(stdout).toMatch(/^Peers \(each row dials each column\)$/m);
    const { stdout: json } = await runCli(['verify', 'out', '--handshakes', '--json'], { cwd, now: LATER });
    expect(JSON.parse(json).handshakes.refusals).toEqual([]);
    const late = await runCli(['verify', 'out', '--handshakes', '--at', '2100-01-01'], { cwd, now: LATER });
    expect(late.exitCode).toBe(1);
    expect(late.stdout).toMatch(/has expired/);
  });

  it('says which members are missing', async () => {
    const { findings, exitCode } = await verifyJson(await bundle(), 'out/e1.tar.gz');
    expect(exitCode).toBe(0);
    expect(findings.find(({ rule }) => rule === 'members-found')?.message).toContain('e2, e3');
  });

  it('leaves endpoints alone that are those of members not given', async () => {
    const cwd = await bundle();
    const { findings, exitCode } = await verifyJson(cwd, 'out/e1.tar.gz', 'out/admin.tar.gz');
    expect([exitCode, findings.filter(({ level }) => level === 'error')]).toEqual([0, []]);
    rmSync(join(cwd, 'out/e2.tar.gz'));
    const folder = await verifyJson(cwd, 'out');
    expect(folder.findings.map(({ rule }) => rule)).not.toContain('endpoint-names');
  });

  it('gives every finding the fields that programs rely on', async () => {
    const { findings } = await verifyJson(await bundle(), 'out', '--at', '2040-01-01T00:00:00Z');
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings)
      expect(Object.keys(finding).sort()).toEqual([
        'cure',
        'etcdSays',
        'level',
        'member',
        'message',
        'path',
        'rule',
        'source',
      ]);
  });

  it('judges at another time, with the line that etcd would log', async () => {
    const { exitCode, findings } = await verifyJson(await bundle(), 'out', '--at', '2027-06-01');
    expect(exitCode).toBe(1);
    const expired = findings.filter(
      ({ rule, level }) => rule === 'certificate-validity' && level === 'error',
    );
    expect(expired.map(({ member }) => member)).toContain('e2');
    expect(expired[0]?.etcdSays).toContain(
      'x509: certificate has expired or is not yet valid: current time 2027-06-01T00:00:00Z is after 2027-01-01',
    );
  });

  it('warns of what ends soon', async () => {
    const { exitCode, findings } = await verifyJson(await bundle(), 'out', '--at', '2026-12-20');
    expect([exitCode, findings.some(({ rule }) => rule === 'expiry-soon')]).toEqual([0, true]);
  });

  it('holds a bundle against its manifest', async () => {
    const cwd = await bundle();
    const path = join(cwd, 'out/e2.tar.gz');
    const tar = gunzipSync(readFileSync(path));
    const at = tar.indexOf('Description=');
    tar[at] = 'X'.charCodeAt(0);
    writeFileSync(path, gzipSync(tar));
    const { exitCode, findings } = await verifyJson(cwd, 'out');
    expect(exitCode).toBe(1);
    expect(
      findings
        .filter(({ rule }) => rule === 'checksums')
        .map((finding) => finding.path)
        .sort(),
    ).toEqual(['/etc/systemd/system/etcd.service', 'e2.tar.gz']);
  });

  it('tells once of a tarball that is cut off, by its name', async () => {
    const cwd = await bundle();
    const path = join(cwd, 'out/e1.tar.gz');
    writeFileSync(path, readFileSync(path).subarray(0, 3000), { mode: 0o600 });
    const errors = (await verifyJson(cwd, 'out')).findings.filter(({ level }) => level === 'error');
    expect(errors.map((finding) => [finding.rule, finding.path])).toEqual([['readable', 'e1.tar.gz']]);
    const alone = await verifyJson(cwd, 'out/e1.tar.gz');
    expect([alone.exitCode, alone.findings.map((finding) => finding.path)]).toEqual([1, ['e1.tar.gz']]);
  });

  it('says of another file that it is no tarball', async () => {
    const cwd = makeFolder({
      'a.yaml': CLUSTER,
      'long.txt': 'text\n'.repeat(1000),
      'server.crt': '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
      empty: '',
    });
    for (const path of ['a.yaml', 'long.txt', 'server.crt', 'empty']) {
      const { exitCode, findings } = await verifyJson(cwd, path);
      expect([exitCode, findings.map(({ message }) => message)]).toEqual([
        1,
        ['It is not a tarball, neither plain nor compressed with gzip.'],
      ]);
      expect(findings[0]?.cure).toContain('etcd-bundle inspect');
    }
  });

  it('misses a tarball that the manifest lists', async () => {
    const cwd = await bundle();
    rmSync(join(cwd, 'out/e3.tar.gz'));
    expect((await verifyJson(cwd, 'out')).exitCode).toBe(1);
  });

  it('warns of authority keys that others may read', async () => {
    const cwd = await bundle();
    chmodSync(join(cwd, 'out/ca/ca.key'), 0o644);
    const { exitCode, findings } = await verifyJson(cwd, 'out');
    expect([exitCode, findings.find(({ rule }) => rule === 'bundle-modes')?.path]).toEqual([0, 'ca/ca.key']);
  });

  it('warns of tarballs and of a folder of authorities that others may use', async () => {
    const cwd = await bundle();
    const modes = async (): Promise<readonly string[]> =>
      (await verifyJson(cwd, 'out')).findings
        .filter(({ rule }) => rule === 'bundle-modes')
        .map(({ level, path, cure }) => `${level} ${path} ${cure}`);
    expect(await modes()).toEqual([]);
    chmodSync(join(cwd, 'out/e1.tar.gz'), 0o666);
    chmodSync(join(cwd, 'out/ca'), 0o777);
    expect(await modes()).toEqual(['warning e1.tar.gz chmod 0600 e1.tar.gz', 'warning ca chmod 0700 ca']);
  });

  it('prints one line for each finding, the worst first, and citations when asked', async () => {
    const cwd = await bundle();
    const { stdout } = await runCli(['verify', 'out', '--at', '2040-01-01'], { cwd });
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toMatch(/^LEVEL +MEMBER +PATH +FINDING$/);
    const levels = lines.slice(1, -2).map((line) => line.split(' ')[0]);
    expect(levels).toEqual([...levels].sort());
    expect(lines.at(-2)).toMatch(
      /^3 members \(e1, e2, e3\), checked as etcd 3\.\d: \d+ errors?, \d+ warnings?, \d+ notices?\.$/,
    );
    const verbose = await runCli(['verify', 'out', '--at', '2040-01-01', '--verbose'], { cwd });
    expect(verbose.stdout).toContain('RFC 5280, 4.1.2.5');
    expect(verbose.stdout).toContain('logged as: x509: certificate has expired');
  });

  it('warns of what ends within 30 days, or within the time that is asked for', async () => {
    const cwd = await bundle();
    const ends = async (...args: readonly string[]) => {
      const { exitCode, findings } = await verifyJson(cwd, 'out', ...args);
      return [exitCode, findings.some(({ rule }) => rule === 'expiry-soon')];
    };
    expect(await ends('--at', '2026-12-01')).toEqual([0, false]);
    expect(await ends('--at', '2026-12-02')).toEqual([0, true]);
    expect(await ends('--at', '2026-12-02', '--within', '29d')).toEqual([0, false]);
    expect(await ends('--within', '8759h59m')).toEqual([0, true]);
    expect(await ends('--within', '8759h58m59s')).toEqual([0, false]);
  });

  it('ends with 1 from the level on that is asked for', async () => {
    const cwd = await bundle();
    const exit = async (...args: readonly string[]) => (await verifyJson(cwd, ...args)).exitCode;
    expect(await exit('out', '--within', '365d', '--fail-on', 'error')).toBe(0);
    expect(await exit('out', '--within', '365d', '--fail-on', 'warning')).toBe(1);
    expect(await exit('out', '--fail-on', 'warning')).toBe(0);
    const { findings } = await verifyJson(cwd, 'out/e1.tar.gz');
    expect(findings.map(({ level }) => level)).toEqual(['notice']);
    expect(await exit('out/e1.tar.gz', '--fail-on', 'warning')).toBe(0);
    expect(await exit('out/e1.tar.gz', '--fail-on', 'notice')).toBe(1);
  });

  it('holds hosts against their bundle', async () => {
    const cwd = await bundle();
    for (const name of ['e1', 'admin'])
      putAll(join(cwd, 'mnt', name), await readTarball(readFileSync(join(cwd, `out/${name}.tar.gz`)), name));
    const told = async (...roots: readonly string[]) => {
      const { exitCode, findings } = await verifyJson(cwd, '--against', 'out', ...roots);
      const own = findings.filter(({ rule }) => rule.startsWith('host-'));
      return [exitCode, ...own.map(({ rule, member, path }) => `${rule} ${member} ${path}`)];
    };
    expect(await told('mnt/e1', 'mnt/admin')).toEqual([0]);
    renameSync(join(cwd, 'mnt/e1'), join(cwd, 'mnt/root'));
    expect(await told('mnt/root')).toEqual([0]);
    rmSync(join(cwd, 'mnt/root/etc/tmpfiles.d/etcd.conf'));
    chmodSync(join(cwd, 'mnt/root/etc/etcd/pki/server.key'), 0o644);
    expect(await told('mnt/root')).toEqual([
      1,
      'host-files e1 /etc/tmpfiles.d/etcd.conf',
      'host-modes e1 /etc/etcd/pki/server.key',
    ]);
    mkdirSync(join(cwd, 'mnt/other'));
    expect(await told('mnt/other')).toEqual([1, 'host-identity other ']);
    expect(await told('out/e1.tar.gz')).toEqual([0]);
    writeFileSync(join(cwd, 'out/bundle.json'), `${readFileSync(join(cwd, 'out/bundle.json'), 'utf8')} `);
    const { exitCode, stderr } = await runCli(['verify', '--against', 'out', 'mnt/root'], { cwd });
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/ \[bundle-changed\]\n$/)]);
  });

  it.each([
    [['verify', 'out', '--fail-on', 'fatal'], '--fail-on takes error, warning, notice, not fatal.'],
    [['verify', 'out', '--within', 'soon'], '--within takes a Go duration'],
    [['verify'], 'Name a bundle, a tarball or the root of a host.'],
    [['verify', 'out', '--at', 'tomorrow'], '--at takes a time'],
    [['verify', 'out', '--etcd-version', '4.0'], '--etcd-version takes a release'],
  ])('refuses %j as usage', async (argv, message) => {
    const { exitCode, stderr } = await runCli(argv, { cwd: makeFolder() });
    expect([exitCode, stderr.includes(message)]).toEqual([2, true]);
  });

  it('tells where there is nothing', async () => {
    const { exitCode, stderr } = await runCli(['verify', 'nowhere'], { cwd: makeFolder() });
    expect([exitCode, stderr.includes('There is nothing there.')]).toEqual([1, true]);
  });

  it('answers for a folder that holds nothing of etcd', async () => {
    const cwd = makeFolder({ 'readme.txt': 'hello' });
    const { exitCode, findings } = await verifyJson(cwd, '.');
    expect([exitCode, findings.map(({ rule }) => rule)]).toEqual([1, ['members-found']]);
    expect(findings[0]?.level).toBe('error');
  });

  it('asks for the tarballs where their folder has no manifest', async () => {
    const cwd = await bundle();
    for (const name of ['bundle.json', 'admin.tar.gz']) rmSync(join(cwd, 'out', name));
    const { exitCode, findings } = await verifyJson(cwd, 'out');
    expect([exitCode, findings.find(({ rule }) => rule === 'members-found')?.cure]).toEqual([
      1,
      'Name the tarballs themselves: e1.tar.gz e2.tar.gz e3.tar.gz',
    ]);
  });

  it('reads an extracted root, links and all', async () => {
    const cwd = makeFolder();
    const unit =
      '[Service]\nExecStart=/usr/bin/etcd --name=e1 --cert-file=/etc/pki/nothing.crt --key-file=/etc/pki/nothing.key --listen-client-urls=https://127.0.0.1:2379 --advertise-client-urls=https://127.0.0.1:2379\n';
    mkdirSync(join(cwd, 'etc/systemd/system'), { recursive: true });
    writeFileSync(join(cwd, 'etc/systemd/system/etcd.service'), unit);
    const { exitCode, findings, summary } = await verifyJson(cwd, '.');
    expect([exitCode, summary.members, summary.etcdVersionFrom]).toEqual([1, ['e1'], 'assumed']);
    expect(findings.filter(({ level }) => level === 'error').map(({ etcdSays }) => etcdSays)).toEqual([
      'open /etc/pki/nothing.crt: no such file or directory',
    ]);
  });
});
