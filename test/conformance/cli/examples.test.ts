import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands.js';
import { buildCommand } from '../../support/built-program.js';
import { sample } from '../../support/long-tests.js';

const EXAMPLES = commands.flatMap(({ name, examples }) => examples.map(({ line }) => [line, name] as const));
const CLUSTER = [
  'members:',
  '  - {name: e1, address: 10.0.0.1}',
  '  - {name: e2, address: 10.0.0.2}',
  '  - {name: e3, address: 10.0.0.3}',
  'clients: [{name: backup}]',
  'certificates: {revocation: true}',
  '',
].join('\n');
const HOSTS = ['e1', 'e2', 'e3'];
/** The program by its name, and a journal. */
const PRELUDE = [
  'set -o pipefail',
  'etcd-bundle() { "$NODE" "$PROGRAM" "$@"; }',
  'journalctl() { echo \'{"level":"warn","msg":"rejected connection on client endpoint","error":"remote error: tls: bad certificate"}\'; }',
].join('\n');

/** What commands that write leave beside what was there: nothing is due in a new bundle, but pairs that are named are renewed. */
const ADDED: Readonly<Record<string, (line: string) => readonly string[]>> = {
  generate: (line) => (line.includes('--dry-run') ? [] : ['bundle']),
  update: (line) => (line.includes('--dry-run') ? [] : ['bundle.previous-1']),
  renew: (line) => (line.includes('--all') ? ['bundle.previous-1'] : []),
  replace: () => ['bundle.previous-1'],
  restore: () => ['bundle.previous-1'],
  report: () => ['report.html'],
  revoke: (line) => (line.includes('--dry-run') ? [] : ['bundle.previous-1']),
  'rotate-ca': (line) => (line.includes('--dry-run') ? [] : ['bundle.previous-1']),
};

function visible(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => !file.startsWith('.'));
}

describe('every example of the help', () => {
  let work: string;
  let program: string;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'examples-'));
    program = await buildCommand(join(work, 'bin'));
    const folder = join(work, 'prepared');
    mkdirSync(join(folder, '.zsh/completions'), { recursive: true });
    mkdirSync(join(folder, '.config/fish/completions'), { recursive: true });
    writeFileSync(join(folder, 'cluster.yaml'), CLUSTER);
    execFileSync(process.execPath, [program, 'generate', 'cluster.yaml', '--out', 'bundle'], { cwd: folder });
    for (const host of HOSTS) {
      mkdirSync(join(folder, host));
      execFileSync('tar', ['-xzf', join(folder, 'bundle', `${host}.tar.gz`), '-C', join(folder, host)]);
    }
    // What an operator changes before plan and update.
    writeFileSync(join(folder, 'cluster.yaml'), `${CLUSTER}etcd: {settings: {quota-backend-bytes: 8GiB}}\n`);
  });
  afterAll(() => rmSync(work, { recursive: true }));

  it.each(sample(EXAMPLES, 3))('%s', (line, name) => {
    const cwd = mkdtempSync(join(work, 'run-'));
    cpSync(join(work, 'prepared'), cwd, { recursive: true });
    if (name === 'generate') rmSync(join(cwd, 'bundle'), { recursive: true });
    const before = visible(cwd);
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${PRELUDE}\n${line}`], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: cwd, NODE: process.execPath, PROGRAM: program },
    });
    expect(status, stderr).toBe(line.includes('--exit-code') ? 4 : 0);
    if (line.includes('> ') || line.startsWith('source')) return;
    expect(stdout).not.toBe('');
    const added = visible(cwd).filter((file) => !before.includes(file));
    expect(added, stdout).toEqual(ADDED[name]?.(line) ?? []);
  });
});
