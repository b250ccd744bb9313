import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, runCli } from './fake-io.js';

const WRONG = 'members:\n  - {name: e1, address: 300.1.1.1}\n';

describe('what generate finds wrong', () => {
  it('is shown in the line of the document that it stands in', async () => {
    const cwd = makeFolder({ 'c.yaml': WRONG });
    const { exitCode, stderr } = await runCli(['generate', 'c.yaml', '--dry-run'], { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^c\.yaml:2:25: members\[0\]\.address: "300\.1\.1\.1" is not an address\. .*\n/);
    expect(stderr).toContain('  2 |   - {name: e1, address: 300.1.1.1}\n    |                         ^\n');
    expect(stderr).not.toContain('\u001b');
  });

  it('is coloured on a terminal', async () => {
    const { stderr } = await runCli(['generate', '-', '--dry-run'], { stdin: WRONG, isTTY: true });
    expect(stderr).toContain('\u001b[31m^\u001b[39m');
  });

  it('has line and column in JSON', async () => {
    const { stdout } = await runCli(['generate', '-', '--dry-run', '--format', 'json'], { stdin: WRONG });
    expect(JSON.parse(stdout)).toMatchObject({ issues: [{ line: 2, column: 25 }] });
  });

  it('is an annotation of a GitHub workflow', async () => {
    const cwd = makeFolder({ 'c.yaml': WRONG });
    const { exitCode, stdout, stderr } = await runCli(
      ['generate', 'c.yaml', '--dry-run', '--format=github'],
      { cwd },
    );
    expect(exitCode).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^::error file=c\.yaml,line=2,col=25,title=[a-z-]+::members\[0\]\.address: .*\n$/);
  });

  it('is placed for files that the document names, too', async () => {
    const text =
      'members: [{name: e1, address: e1}]\ncertificates:\n  ca: {certificate: no.crt, key: no.key}\n';
    const { stderr } = await runCli(['generate', '-', '--dry-run'], { stdin: text });
    expect(stderr).toContain('-:3:21: certificates.ca.certificate: ');
    expect(stderr).toContain('-:3:34: certificates.ca.key: ');
  });
});

describe('what verify finds', () => {
  it('is an annotation at its file where that is there', async () => {
    const cwd = makeFolder();
    mkdirSync(join(cwd, 'r/etc/systemd/system'), { recursive: true });
    const unit = '[Service]\nExecStart=/usr/local/bin/etcd --no-such-flag=1\n';
    writeFileSync(join(cwd, 'r/etc/systemd/system/etcd.service'), unit);
    const { exitCode, stdout } = await runCli(['verify', 'r', '--format', 'github'], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('::error file=r/etc/systemd/system/etcd.service,title=etcd-flags::');
    for (const line of stdout.trimEnd().split('\n')) expect(line).toMatch(/^::(?:error|warning|notice) /);
  });
});

describe('the option --format', () => {
  it.each([
    [['--format', 'xml'], '--format takes text, json or github, not xml.'],
    [['--json', '--format', 'github'], '--json and --format github contradict each other.'],
  ])('refuses %j', async (options, message) => {
    const { exitCode, stderr } = await runCli(['verify', 'r', ...options]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
