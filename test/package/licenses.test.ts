import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type PackageFolder,
  programDependencies,
  projectFolder,
  runtimeDependencies,
} from './installed/dependencies.js';
import { type InstalledPackage, installedPackage } from './installed/installed.js';

/** Licences that ask for no more than their text and notices to be passed on. */
const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', '0BSD'];

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await installedPackage();
});

const title = ({ manifest }: PackageFolder): string => `${manifest.name} ${manifest.version}`;
const read = (...path: readonly string[]): string =>
  readFileSync(join(installed.folder, 'dist', 'bin', ...path), 'utf8');

/** esbuild puts a comment with its path before what comes from a file. */
function bundledPackages(): readonly PackageFolder[] {
  const folders = readdirSync(join(installed.folder, 'dist', 'bin'))
    .filter((name) => /\.c?js$/.test(name))
    .flatMap((name) => [...read(name).matchAll(/^\s*\/\/ (node_modules\/\S+)$/gm)])
    .map(([, path = '']) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path);
  const known = programDependencies();
  return [...new Set(folders)].map((folder) => {
    const found = known.find((it) => it.folder === join(projectFolder, folder));
    if (found === undefined)
      throw new Error(`${folder} is bundled and not known as a dependency of the program`);
    return found;
  });
}

describe('what a user installs', () => {
  it('comes under licences that let him use and pass it on, every package of it', ({ annotate }) => {
    const packages = runtimeDependencies();
    expect(packages.length).toBe(3);
    annotate(packages.map((it) => `${title(it)}: ${it.manifest.license}`).join('; '));
    const others = packages.filter(({ manifest }) => !allowed.includes(manifest.license ?? ''));
    expect(others.map((it) => `${title(it)}: ${it.manifest.license}`)).toEqual([]);
  });

  it('is what npm installed for him', () => {
    const lock: unknown = JSON.parse(
      readFileSync(join(installed.consumer, 'node_modules', '.package-lock.json'), 'utf8'),
    );
    const paths = Object.keys(Object(Object(lock).packages)).filter(
      (it) => it !== 'node_modules/etcd-bundle',
    );
    const names = paths.map((path) => path.replace(/^.*node_modules\//, ''));
    expect(new Set(names)).toEqual(new Set(runtimeDependencies().map(({ manifest }) => manifest.name)));
  });

  it('is under the licence that the project says', () => {
    const own = readFileSync(join(installed.folder, 'LICENSE'), 'utf8');
    expect(own).toBe(readFileSync(join(projectFolder, 'LICENSE'), 'utf8'));
    expect(own).toMatch(/^MIT License\n/);
  });
});

describe('the command, which other packages are part of', () => {
  it('carries the licence text of each of them, and of no other', () => {
    const document = read('THIRD-PARTY-LICENSES.md');
    const bundled = bundledPackages();
    expect(bundled.filter(({ manifest }) => !allowed.includes(manifest.license ?? ''))).toEqual([]);
    expect(bundled.map(({ manifest }) => manifest.name).toSorted()).toEqual([
      'fast-string-truncated-width',
      'fast-string-width',
      'fast-wrap-ansi',
      'modern-tar',
      'valibot',
      'yaml',
    ]);
    for (const it of bundled) {
      const [, section = ''] = document.split(`\n## ${title(it)}\n`);
      const files = readdirSync(it.folder).filter((name) => /^(?:licen[cs]e|notice)/i.test(name));
      expect(files.length, title(it)).toBeGreaterThan(0);
      for (const name of files) {
        expect(section, title(it)).toContain(readFileSync(join(it.folder, name), 'utf8').trim());
      }
    }
    const titles = [...document.matchAll(/^## (.+)$/gm)].map(([, name]) => name);
    expect(titles.toSorted()).toEqual([...new Set(bundled.map(title))].toSorted());
  });
});
