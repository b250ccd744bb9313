import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, NOW, runCli } from './fake-io.js';
import { generated } from './generated.js';

describe('report', () => {
  it('writes a file and says what it found', async () => {
    const cwd = await generated();
    const { exitCode, stdout, stderr } = await runCli(['report', 'bundle', '--out', 'r.html'], { cwd });
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: 'r.html: 0 errors, 0 warnings, 0 notices.\n',
      stderr: '',
    });
    expect(readFileSync(join(cwd, 'r.html'), 'utf8')).toMatch(/^<!DOCTYPE html>[\s\S]*<\/html>\n$/);
  });

  it('prints it to standard output for -', async () => {
    const cwd = await generated();
    const { exitCode, stdout } = await runCli(['report', 'bundle', '--out', '-'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^<!DOCTYPE html>/);
    expect(readdirSync(cwd).sort()).toEqual(['bundle', 'cluster.yaml']);
  });

  it('replaces no file without --force', async () => {
    const cwd = await generated();
    const line = ['report', 'bundle', '--out', 'cluster.yaml'];
    const before = readFileSync(join(cwd, 'cluster.yaml'), 'utf8');
    const refused = await runCli(line, { cwd });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('[output-file-exists]');
    expect(readFileSync(join(cwd, 'cluster.yaml'), 'utf8')).toBe(before);
    expect((await runCli([...line, '--force'], { cwd })).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'cluster.yaml'), 'utf8')).toMatch(/^<!DOCTYPE html>/);
  });

  it('ends with 1 where verify finds errors, and is written all the same', async () => {
    const cwd = await generated();
    const later = await runCli(['report', 'bundle', '--out', 'r.html', '--at', '2030-01-01'], { cwd });
    expect(later.exitCode).toBe(1);
    expect(later.stdout).toMatch(/^r\.html: \d+ errors/);
    expect(readFileSync(join(cwd, 'r.html'), 'utf8')).toContain('certificate-validity');
  });

  it('looks ahead as far as it is told, and holds hosts against a bundle', async () => {
    const cwd = await generated();
    mkdirSync(join(cwd, 'e1'));
    const soon = await runCli(['report', 'bundle', '--out', '-', '--within', '400d'], { cwd });
    expect(soon.stdout).toContain('<span class="soon">365 days left</span>');
    const against = await runCli(['report', 'e1', '--against', 'bundle', '--out', '-'], { cwd });
    expect(against.stdout).toMatch(/<code>host-/);
  });

  it('says of a later generation what it changed, and how far a rotation has come', async () => {
    const cwd = await generated();
    expect((await runCli(['rotate-ca', 'bundle'], { cwd })).exitCode).toBe(0);
    const { exitCode, stdout } = await runCli(['report', 'bundle', '--out', '-'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('<dt>Generation</dt><dd>2, by rotate-ca</dd>');
    expect(stdout).toContain('trust: hosts accept both, and pairs are under the old one');
    expect(stdout).toContain('<h3>What generation 2 changed</h3>');
    expect(stdout).toMatch(
      /<li>\d+ private keys that hosts have were not at hand and could not be opened\.<\/li>/,
    );
  });

  it('is of the moment that it is told, or of now', async () => {
    const cwd = await generated();
    const now = await runCli(['report', 'bundle', '--out', '-'], { cwd, now: NOW + 86_400 });
    expect(now.stdout).toContain('2026-01-02 00:00:00 UTC');
    const other = await runCli(['report', 'bundle', '--out', '-', '--at', '2026-06-01'], { cwd });
    expect(other.stdout).toContain('2026-06-01 00:00:00 UTC');
  });

  it.each([
    [[], 'Name a bundle, a tarball or the root of a host.'],
    [['bundle'], 'Name the file with --out <file>, or - for standard output.'],
    [['bundle', '--out', 'r.html', '--etcd-version', '2'], '--etcd-version takes a release from'],
  ])('is used as it says: %j', async (line, said) => {
    const { exitCode, stderr } = await runCli(['report', ...line], { cwd: makeFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(said);
  });

  it('says where there is nothing', async () => {
    const { exitCode, stderr } = await runCli(['report', 'none', '--out', 'r.html'], { cwd: makeFolder() });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('There is nothing there.');
  });
});
