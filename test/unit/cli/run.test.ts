import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands.js';
import { FOREIGN_COMMANDS } from '../../../src/cli/foreign-commands.js';
import { version } from '../../../src/node/version.js';
import { CLUSTER, makeFolder, runCli } from './fake-io.js';

describe('run', () => {
  it('prints the version of package.json', async () => {
    const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(manifest).toMatchObject({ version });
    expect(await runCli(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('lists every command in its help', async () => {
    const { exitCode, stdout, stderr } = await runCli(['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const { name, summary } of commands)
      expect(stdout).toMatch(new RegExp(`^ {2}${name} +${summary}$`, 'm'));
  });

  it.each(commands.map(({ name }) => name))('describes %s and each of its options', async (name) => {
    const { exitCode, stdout, stderr } = await runCli([name, '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: etcd-bundle ${name} `));
    for (const option of commands.find((command) => command.name === name)?.options ?? []) {
      expect(stdout).toContain(`--${option.name}`);
    }
    expect(stdout).toMatch(new RegExp(`^Examples\n  # .+\n  .*etcd-bundle ${name} `, 'm'));
  });

  it.each([['help'], ['-h'], ['help', '--help']])('answers %j as --help', async (...argv) => {
    expect(await runCli(argv)).toEqual(await runCli(['--help']));
  });

  it.each([['version'], ['-v'], ['-V']])('answers %j as --version', async (...argv) => {
    expect(await runCli(argv)).toEqual(await runCli(['--version']));
  });

  it('describes a command behind help', async () => {
    expect(await runCli(['help', 'renew'])).toEqual(await runCli(['renew', '--help']));
    const { exitCode, stderr } = await runCli(['help', 'renww']);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Did you mean renew?'),
    });
  });

  it('takes --json before the command', async () => {
    const cwd = makeFolder({ 'cluster.yaml': 'members: []' });
    const argv = ['generate', 'cluster.yaml', '--out', 'out'];
    const behind = await runCli([...argv, '--json'], { cwd });
    expect(await runCli(['--json', ...argv], { cwd })).toEqual(behind);
    expect(JSON.parse(behind.stdout)).toMatchObject({ issues: expect.anything() });
  });

  it.each([
    ['validate', 'verify'],
    ['gencert', 'generate'],
    ['check-expiration', 'expiry'],
    ['rotate', 'renew'],
    ['diff', 'plan'],
  ])('knows what %s is elsewhere: %s', async (foreign, ours) => {
    const { exitCode, stderr } = await runCli([foreign, 'x']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Unknown command ${foreign}. That is etcd-bundle ${ours}.`);
  });

  it('has no foreign word that is its own, and none twice', () => {
    const words = Object.values(FOREIGN_COMMANDS).flat();
    expect(new Set(words).size).toBe(words.length);
    const names = commands.map(({ name }) => name);
    expect(Object.keys(FOREIGN_COMMANDS).filter((name) => !names.includes(name))).toEqual([]);
    expect(words.filter((word) => names.includes(word))).toEqual([]);
  });

  it.each<[readonly string[], string]>([
    [[], 'Usage: etcd-bundle <command>'],
    [['generat'], 'Unknown command generat. Did you mean generate?'],
    [['--versoin'], 'Unknown option --versoin.'],
    [['generate', 'c.yaml', '--ouut', 'x'], 'Unknown option --ouut. Did you mean --out?'],
    [['generate', 'c.yaml', '-x'], 'Unknown option -x.'],
    [['generate'], 'Name a cluster.yaml, or - for standard input.'],
    [['generate', 'c.yaml'], 'Name the output folder with --out <dir>.'],
    [['generate', 'c.yaml', '--out'], '--out needs a value: --out <dir>.'],
    [['generate', 'c.yaml', '--out='], '--out needs a value: --out <dir>.'],
    [['generate', 'c.yaml', '--out', 'a', '--out', 'b'], '--out is given twice.'],
    [['generate', 'c.yaml', '--out', 'a', '--force=no'], '--force takes no value.'],
    [
      ['generate', 'a.yaml', 'b.yaml', '--out', 'a'],
      'Only one document is read at a time; leave out b.yaml.',
    ],
    [['init'], 'Name each member with its address'],
    [['init', 'e1'], '"e1" is not a member'],
    [['init', '--preset', 'kubadm', 'e1=10.0.0.1'], 'Unknown preset kubadm. Did you mean kubeadm?'],
    [['init', '--preset', 'constructor', 'e1=10.0.0.1'], 'Unknown preset constructor.'],
    [['--json'], 'Unknown option --json.'],
    [['completion'], 'Name a shell: bash, zsh, fish.'],
    [['completion', 'fsh'], 'Unknown shell fsh. Did you mean zsh? Known shells: bash, zsh, fish.'],
    [['completion', 'bash', 'zsh'], 'One shell at a time; leave out zsh.'],
    [['inspect'], 'Name a bundle, a tarball or a certificate.'],
    [['inspect', 'a', 'b'], 'Only one is read at a time; leave out b.'],
  ])('ends %j with 2 and a usage line', async (argv, message) => {
    const { exitCode, stdout, stderr } = await runCli(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: etcd-bundle ');
  });

  it('shows a defect as such, with 3', async () => {
    const cwd = makeFolder({ 'cluster.yaml': CLUSTER });
    const loadCrypto = () => Promise.reject(new TypeError('broken'));
    const { exitCode, stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'out'], {
      cwd,
      loadCrypto,
    });
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^etcd-bundle: this is a bug in etcd-bundle .*\nTypeError: broken/);
  });

  it.each([
    [{ isTTY: true }, true],
    [{ isTTY: false }, false],
    [{ isTTY: true, env: { NO_COLOR: '1' } }, false],
    [{ isTTY: true, env: { NO_COLOR: '' } }, true],
    [{ isTTY: true, env: { TERM: 'dumb' } }, false],
    [{ isTTY: false, env: { FORCE_COLOR: '1' } }, true],
    [{ isTTY: true, env: { FORCE_COLOR: '0' } }, false],
    [{ isTTY: true, env: { FORCE_COLOR: '' } }, true],
    [{ isTTY: false, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
  ])('with %j has colours: %j', async (options, isColoured) => {
    const { stdout } = await runCli(['--help'], options);
    expect(stdout.includes('\x1b[')).toBe(isColoured);
  });
});
