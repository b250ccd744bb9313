import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CLUSTER, makeFolder, runCli } from '../cli/fake-io.js';

const EXPIRED =
  'x509: certificate has expired or is not yet valid: current time 2027-02-01T00:00:00Z is after';

async function bundle(): Promise<string> {
  const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
  await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
  return cwd;
}

describe('explain', () => {
  it('explains the words of the command line', async () => {
    const { exitCode, stdout, stderr } = await runCli([
      'explain',
      'tls:',
      'private',
      'key',
      'does',
      'not',
      'match',
      'public',
      'key',
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^error A key does not belong to its certificate \(key-mismatch\)\n/);
    expect(stdout).not.toContain('line 1');
  });

  it('explains a message that begins with two dashes, behind --', async () => {
    const message = '--election-timeout[1000ms] should be at least as 5 times as --heartbeat-interval[300ms]';
    expect(await runCli(['explain', '--', message])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('less than five times the heartbeat interval of 300 ms'),
    });
  });

  it('explains a journal on standard input, as JSON too', async () => {
    const stdin =
      'May 1 x\nopen /etc/etcd/pki/ca.crt: no such file or directory\n2026/01/01 00:00:00 open /b: no such file or directory\n';
    expect((await runCli(['explain'], { stdin })).stdout).toContain('line 2');
    const { exitCode, stdout } = await runCli(['explain', '--json'], { stdin });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      explanations: [
        { id: 'file-missing', values: { file: '/etc/etcd/pki/ca.crt' } },
        { values: { file: '/b' } },
      ],
      unknown: [],
      lines: 3,
    });
  });

  it('ends with 1 for what it does not know, with 2 for nothing at all, with 0 for a journal without warnings', async () => {
    expect(await runCli(['explain', '-'], { stdin: 'bind: address already in use\n' })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('(address-in-use)'),
    });
    const unknown = await runCli(['explain', 'no idea']);
    expect(unknown).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('unknown no idea') });
    expect((await runCli(['explain'])).exitCode).toBe(2);
    expect((await runCli(['explain', ''])).exitCode).toBe(2);
    const quiet = await runCli(['explain'], { stdin: '{"level":"info","msg":"serving client traffic"}\n' });
    expect(quiet).toMatchObject({ exitCode: 0, stdout: '1 lines, no warnings.\n' });
  });

  it('echoes nothing that a terminal would act on', async () => {
    const message = 'open /a\u001b[2J\u009b\u202e: no such file or directory';
    for (const form of [[], ['--json']]) {
      const { stdout } = await runCli(['explain', ...form, message, '\u001bnew']);
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(stdout).toContain('/a');
    }
    expect((await runCli(['explain', '\u001b[31mred'])).stdout).not.toContain('\u001b');
  });

  it('cuts long lines, and reads a journal of any length', async () => {
    const long = `${'x'.repeat(3_000_000)}open /a: no such file or directory\nopen /b: no such file or directory\n`;
    const { stdout } = await runCli(['explain', '--json'], { stdin: long });
    expect(JSON.parse(stdout).explanations).toMatchObject([{ values: { file: '/b' } }]);
    const huge = await runCli(['explain', '--json'], {
      stdin: `${'y'.repeat(64 * 2 ** 20)}\nopen /c: no such file or directory\n`,
    });
    expect(JSON.parse(huge.stdout)).toMatchObject({ explanations: [{ values: { file: '/c' } }], lines: 2 });
  });

  it('names the file and the member of a bundle', async () => {
    const cwd = await bundle();
    const { certificates } = JSON.parse(readFileSync(join(cwd, 'out/bundle.json'), 'utf8'));
    const places = async (message: string) => {
      const { stdout } = await runCli(['explain', '--bundle', 'out', '--json', message], { cwd });
      return JSON.parse(stdout).explanations[0].places.map(
        ({ host, path }: Record<string, string>) => `${host}:${path}`,
      );
    };
    const peer = certificates.find(
      ({ role, holder }: { role: string; holder: { names: string[] } }) =>
        role === 'peer' && holder.names.includes('e1'),
    );
    const addresses = peer.altNames
      .filter((name: string) => name.startsWith('IP:'))
      .map((name: string) => name.slice(3));
    const named = await places(`x509: certificate is valid for ${addresses.join(', ')}, not 10.0.0.2`);
    expect(named).toContain(`e1:${peer.path}`);
    expect(named).toContain('e2:');
    expect(await places(`${EXPIRED} ${peer.notAfter}`)).toContain(`e1:${peer.path}`);
    expect(await places(`transport: certificate serial ${BigInt(`0x${peer.serialNumber}`)} revoked`)).toEqual(
      [`e1:${peer.path}`],
    );
    expect(await places(`open ${peer.path}: permission denied`)).toEqual(
      ['e1', 'e2', 'e3'].map((host) => `${host}:${peer.path}`),
    );
    expect(
      await places(
        '{"level":"warn","msg":"rejected connection","remote-addr":"10.0.0.3:40000","error":"x509: certificate specifies an incompatible key usage"}',
      ),
    ).toEqual(['e3:']);
  });

  it('ends with 1 where there is no bundle', async () => {
    const cwd = makeFolder({ 'bundle.json': '{}' });
    expect((await runCli(['explain', '--bundle', '.', 'x'], { cwd })).stderr).toContain(
      'not the manifest of a bundle',
    );
    expect((await runCli(['explain', '--bundle', 'gone', 'x'], { cwd })).exitCode).toBe(1);
  });
});
