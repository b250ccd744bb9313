import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCryptoProvider } from '../../../src/node/crypto/node-crypto.js';
import { CLUSTER, makeFolder, runCli } from './fake-io.js';

describe('generate', () => {
  it('writes the folder that the design names, and says where to go on', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    const { exitCode, stdout, stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Wrote 4 tarballs to /);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`Next: ${cwd}/out/RUNBOOK.md`);
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual([
      'RUNBOOK.md',
      'SHA256SUMS',
      'admin.tar.gz',
      'bundle.json',
      'ca',
      'e1.tar.gz',
      'e2.tar.gz',
      'e3.tar.gz',
    ]);
    expect(statSync(join(cwd, 'out/e1.tar.gz')).mode & 0o777).toBe(0o600);
    expect(statSync(join(cwd, 'out/ca')).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(join(cwd, 'out/bundle.json'), 'utf8'))).toMatchObject({
      document: CLUSTER,
    });
  });

  it('reads the document from standard input', async () => {
    const cwd = makeFolder();
    const { exitCode } = await runCli(['generate', '-', '--out', 'out'], { cwd, stdin: CLUSTER });
    expect(exitCode).toBe(0);
    expect(readdirSync(join(cwd, 'out'))).toContain('e3.tar.gz');
  });

  it('prints one object under --json', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    const argv = ['generate', 'cluster.yaml', '--out', 'out', '--json'];
    const { stdout } = await runCli(argv, { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ directory: join(cwd, 'out'), leftovers: [] });
    const { exitCode, stdout: refusal, stderr } = await runCli(argv, { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(JSON.parse(refusal)).toEqual({
      format: 1,
      issues: [
        {
          code: 'output-holds-bundle',
          path: join(cwd, 'out'),
          message: expect.any(String),
          cure: expect.stringContaining('--force'),
        },
      ],
    });
  });

  it.each([
    [[], '', 'cluster.yaml: members: notice: A cluster of 2 does not survive the loss of any, like one of 1'],
    [
      ['--format', 'github'],
      '::notice file=cluster.yaml,title=even-members::members: A cluster of 2 does not survive',
      '',
    ],
    [['--json'], '"notices": [\n    {\n      "code": "even-members",\n      "path": "members"', ''],
  ])('has a word for an even number of members: %j', async (argv, onStdout, onStderr) => {
    const two = 'members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]';
    const cwd = makeFolder({ 'cluster.yaml': two });
    for (const more of [['--dry-run'], ['--out', 'out']]) {
      const run = await runCli(['generate', 'cluster.yaml', ...more, ...argv], { cwd });
      expect(run.exitCode).toBe(0);
      expect(run.stdout).toContain(onStdout);
      expect(run.stderr).toContain(onStderr);
    }
  });

  it('tells every issue of a document on a line of its own, with path and cure', async () => {
    const cwd = makeFolder({
      'cluster.yaml': 'members:\n  - {name: e1, address: 10.0.0.999}\n  - {name: e1, adress: 10.0.0.2}\n',
    });
    const { exitCode, stdout, stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    const lines = stderr.split('\n').filter((line) => line.startsWith('cluster.yaml'));
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) expect(line).toMatch(/^cluster\.yaml:\d+:\d+: members.*: .+\. .+/);
    expect(readdirSync(cwd)).toEqual(['cluster.yaml']);
  });

  it.each([
    ['nothing there', () => undefined, 1, /^cluster\.yaml: The document does not exist\. /],
    ['a folder', (path: string) => mkdirSync(path), 1, /^cluster\.yaml: The document is a folder\. /],
    [
      'no UTF-8',
      (path: string) => writeFileSync(path, Buffer.from([0x6d, 0xff])),
      1,
      /^cluster\.yaml: The document is not UTF-8\. /,
    ],
    [
      'more than 1 MiB',
      (path: string) => writeFileSync(path, '#'.repeat(2 ** 20 + 1)),
      1,
      /^cluster\.yaml: The document is too large\. /,
    ],
  ])('says what is wrong with a document that is %s', async (_, prepare, code, line) => {
    const cwd = makeFolder();
    prepare(join(cwd, 'cluster.yaml'));
    const { exitCode, stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
    expect(exitCode).toBe(code);
    expect(stderr).toMatch(line);
  });

  it('names both files of an authority that are missing', async () => {
    const cwd = makeFolder({
      'cluster.yaml': `${CLUSTER}certificates: {ca: {certificate: ca.crt, key: ca.key}}\n`,
    });
    const { exitCode, stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr.split('\n').filter((line) => line.startsWith('cluster.yaml'))).toEqual([
      'cluster.yaml:5:34: certificates.ca.certificate: "ca.crt" does not exist. Check the path. [no-such-file]',
      'cluster.yaml:5:47: certificates.ca.key: "ca.key" does not exist. Check the path. [no-such-file]',
    ]);
  });

  it('signs with the authority of an earlier bundle', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    await runCli(['generate', 'cluster.yaml', '--out', 'first'], { cwd });
    const ca = 'certificates: {ca: {certificate: first/ca/ca.crt, key: first/ca/ca.key}}\n';
    writeFileSync(join(cwd, 'second.yaml'), `${CLUSTER}${ca}`);
    const { exitCode, stderr } = await runCli(['generate', 'second.yaml', '--out', 'second'], { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const name of ['ca.crt', 'ca.key']) {
      expect(readFileSync(join(cwd, 'second/ca', name), 'utf8')).toBe(
        readFileSync(join(cwd, 'first/ca', name), 'utf8'),
      );
    }
  });

  it('refuses a folder with content before any key is made', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    mkdirSync(join(cwd, 'out'));
    writeFileSync(join(cwd, 'out/notes'), '');
    const loadCrypto = () => Promise.reject(new Error('keys are made'));
    const { exitCode, stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'out'], {
      cwd,
      loadCrypto,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/The folder is not empty\. Choose another folder/);
  });

  it('sets a former bundle aside under --force and says where it is', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
    const key = readFileSync(join(cwd, 'out/ca/ca.key'), 'utf8');
    const { exitCode, stdout } = await runCli(['generate', 'cluster.yaml', '--out', 'out', '--force'], {
      cwd,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`The previous bundle is in ${cwd}/out.previous-1.`);
    expect(readFileSync(join(cwd, 'out.previous-1/ca/ca.key'), 'utf8')).toBe(key);
  });

  it('prints under --dry-run what it would write, and writes nothing', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    const argv = ['generate', 'cluster.yaml', '--dry-run'];
    const { exitCode, stdout, stderr } = await runCli(argv, { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(readdirSync(cwd)).toEqual(['cluster.yaml']);
    expect(stdout).toContain('Nothing was written.');
    const { stdout: json } = await runCli([...argv, '--json'], { cwd });
    await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
    const manifest: unknown = JSON.parse(readFileSync(join(cwd, 'out/bundle.json'), 'utf8'));
    const { notices, ...plan } = JSON.parse(json);
    expect(notices).toEqual([]);
    expect(manifest).toMatchObject(plan);
    for (const { path } of JSON.parse(json).hosts[0].files) expect(stdout).toContain(path);
  });

  it('makes one key of each kind for a dry run', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    let keys = 0;
    const crypto = nodeCryptoProvider();
    const loadCrypto = async () => ({
      ...crypto,
      generateKeyPair: (algorithm: Parameters<typeof crypto.generateKeyPair>[0]) => {
        keys += 1;
        return crypto.generateKeyPair(algorithm);
      },
    });
    await runCli(['generate', 'cluster.yaml', '--dry-run'], { cwd, loadCrypto });
    expect(keys).toBe(1);
  });

  it('shows progress on a terminal and erases it', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    const { stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd, isTTY: true });
    expect(stderr).toMatch(/\r\x1b\[Kcertificates 1\/\d+\r\x1b\[K/);
    expect(stderr).toMatch(/\r\x1b\[K$/);
  });

  it('leaves nothing and ends with 3 when it is interrupted', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    const abort = new AbortController();
    const crypto = nodeCryptoProvider();
    const loadCrypto = async () => ({
      ...crypto,
      generateKeyPair: async (algorithm: Parameters<typeof crypto.generateKeyPair>[0]) => {
        abort.abort();
        return crypto.generateKeyPair(algorithm);
      },
    });
    const argv = ['generate', 'cluster.yaml', '--out', 'out'];
    const outcome = await runCli(argv, { cwd, loadCrypto, signal: abort.signal });
    expect(outcome).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'etcd-bundle: interrupted, nothing was written.\n',
    });
    expect(readdirSync(cwd)).toEqual(['cluster.yaml']);
  });

  it('shows control characters of a document as escapes', async () => {
    const cwd = makeFolder({
      'cluster.yaml': 'members: [{name: "e\\e[31m1", address: 10.0.0.1}]\n"\\u202Ekey": 1\n',
    });
    const { stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
    expect(stderr).not.toMatch(/[\x1b\u202e]/);
  });
});
