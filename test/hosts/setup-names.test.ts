import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, NOW, runCli } from '../unit/cli/fake-io.js';
import { type Names, readSetup, SETUPS } from './setups/setups.js';

describe.each(SETUPS)('the document that follows $name', ({ name, member, names }) => {
  it('gives the names and places of the project, and a bundle in which verify finds no error', async () => {
    const cwd = makeFolder({ 'cluster.yaml': withFastKeys(readSetup(name)) });
    const generated = await runCli(['generate', 'cluster.yaml', '--out', 'out'], { cwd });
    expect(generated).toMatchObject({ exitCode: 0, stderr: '' });

    const root = join(cwd, 'root');
    mkdirSync(root);
    execFileSync('tar', ['-xzf', join(cwd, `out/${member}.tar.gz`), '-C', root, '--no-same-owner']);
    expect(namesUnder(root)).toEqual(names);

    const verified = await runCli(['verify', 'out'], { cwd, now: NOW + 60 });
    expect(verified.exitCode, verified.stdout).toBe(0);
    expect(verified.stdout).toContain(': 0 errors, ');
    expect(verified.stdout.trimEnd().split('\n').length).toBeLessThan(10);
  });
});

/** Nothing here is about the kind of key, and RSA ones take seconds. */
function withFastKeys(document: string): string {
  return document.replace(/^ {2}key: rsa-\d+$/m, '  key: ecdsa-p256');
}

function namesUnder(root: string): Names {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length))
    .sort();
  const text = (path: string): string => readFileSync(join(root, path), 'utf8');
  const [unitPath = ''] = paths.filter((path) => path.startsWith('/etc/systemd/system/'));
  const unit = text(unitPath);
  const config = only(unit, /^EnvironmentFile=(.+)$/m) ?? only(unit, /--config-file=(\S+)/) ?? unitPath;
  const certificates = paths.filter((path) => text(path).startsWith('-----BEGIN CERTIFICATE-----'));
  return {
    unit: unitPath.slice('/etc/systemd/system/'.length),
    user: only(unit, /^User=(.+)$/m) ?? 'root',
    binary: only(unit, /^ExecStart=(\S+)/m) ?? '',
    config,
    dataDir: only(text(config), /(?:^ETCD_DATA_DIR=|^data-dir: |--data-dir=)"?([^"\s]+)/m) ?? '',
    commonNames: Object.fromEntries(certificates.map((path) => [path, commonName(text(path))])),
    keys: paths.filter((path) => /^-----BEGIN (?:\w+ )?PRIVATE KEY-----/.test(text(path))),
  };
}

function commonName(pem: string): string {
  return only(new X509Certificate(pem).subject, /^CN=(.+)$/m) ?? '';
}

function only(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[1];
}
