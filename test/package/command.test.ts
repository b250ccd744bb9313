import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itLong } from '../support/long-tests.js';
import { projectFolder, readManifest } from './installed/dependencies.js';
import { type InstalledPackage, installedPackage } from './installed/installed.js';
import { npm, unconfigured } from './installed/npm.js';

const examples = examplesIn(projectFolder);
let installed: InstalledPackage;
let folder: string;

beforeAll(async () => {
  installed = await installedPackage();
  folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-command-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function examplesIn(project: string): readonly string[] {
  return readdirSync(join(project, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

const command = (): string => join(installed.consumer, 'node_modules', '.bin', 'etcd-bundle');
const env = (): NodeJS.ProcessEnv => ({ ...unconfigured(process.env), HOME: folder, XDG_CACHE_HOME: '' });

function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env: env(), encoding: 'utf8' });
  expect(status, `${program} ${args.join(' ')}: ${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** Everything an operator does with a bundle before it leaves the machine. */
function tryOut(program: string, document: string, out: string): void {
  run(program, 'generate', document, '--out', out);
  execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: out });
  expect(run(program, 'inspect', out)).toContain('e1.tar.gz');
  run(program, 'verify', out);
}

describe('the installed command', () => {
  it('is a link to the script, and says the version of the package', () => {
    expect(lstatSync(command()).isSymbolicLink()).toBe(true);
    expect(run(command(), '--version').trim()).toBe(readManifest(installed.folder).version);
  });

  it('runs under npx, which finds it where it was installed', async () => {
    const said = await npm(['exec', '--no', '--', 'etcd-bundle', '--version'], {
      cwd: installed.consumer,
      cache: folder,
    });
    expect(said.trim()).toBe(readManifest(installed.folder).version);
  });

  it('has the examples of the project', () => {
    expect(examplesIn(installed.folder)).toEqual(examples);
    expect(examples.length).toBe(7);
  });

  for (const name of examples) {
    const test = name === 'hardened' ? it : itLong;
    test(`makes a sound bundle of the example ${name} of the package`, () => {
      const out = join(folder, name);
      run(command(), 'generate', join(installed.folder, 'examples', name, 'cluster.yaml'), '--out', out);
      execFileSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: out });
      run(command(), 'verify', out);
    });
  }

  it('does the five things that the README says of it', () => {
    const document = join(folder, 'cluster.yaml');
    writeFileSync(document, run(command(), 'init', 'e1=10.0.0.1', 'e2=10.0.0.2', 'e3=10.0.0.3'));
    tryOut(command(), document, join(folder, 'bundle'));
    expect(run(command(), 'explain', 'bind: address already in use')).toMatch(/\S/);
  });

  it('needs nothing beside its folder: all that it needs is in it', () => {
    const alone = mkdtempSync(join(folder, 'alone-'));
    cpSync(join(installed.folder, 'dist', 'bin'), alone, { recursive: true });
    const document = join(alone, 'cluster.yaml');
    writeFileSync(document, 'members: [{name: e1, address: 10.0.0.1}]\n');
    tryOut(join(alone, 'etcd-bundle.js'), document, join(alone, 'bundle'));
    expect(readFileSync(join(alone, 'bundle', 'bundle.json'), 'utf8')).toContain(
      '"generator": "etcd-bundle ',
    );
  });
});
