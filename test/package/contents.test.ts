import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.js';
import { projectFolder } from './installed/dependencies.js';
import { type InstalledPackage, installedPackage } from './installed/installed.js';

/** Nothing that a user of the package would miss. */
const noise: readonly RegExp[] = [
  /(?:^|\/)(?:tests?|__tests__|fixtures?|coverage|bench|scripts|src|etc|node_modules|\.[^/]+)(?:\/|$)/,
  /\.(?:test|spec|bench)\./,
  /\.(?:map|tsbuildinfo|log|tgz|gz|orig|rej|key|crt|pem)$/,
  /(?<!\.d)\.ts$/,
  /~$/,
];
const MEGABYTE = 1e6;

let installed: InstalledPackage;
let files: readonly string[];

beforeAll(async () => {
  installed = await installedPackage();
  files = filesOf(installed.folder);
});

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .toSorted();
}

const text = (path: string): string => readFileSync(join(installed.folder, path), 'utf8');

describe('the package', () => {
  it('holds these and no others at its top', () => {
    expect(readdirSync(installed.folder).toSorted()).toEqual(
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist',
        'docs',
        'examples',
        'package.json',
        'schema',
      ].toSorted(),
    );
  });

  it('holds no source, test, map or leftover', () => {
    expect(files.filter((path) => noise.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('holds the command as one folder, and each module with its types, made from a source that exists', () => {
    expect(files.filter((path) => path.startsWith('dist/bin/'))).toEqual([
      'dist/bin/THIRD-PARTY-LICENSES.md',
      'dist/bin/etcd-bundle.js',
      'dist/bin/main.cjs',
      'dist/bin/package.json',
    ]);
    const library = files.filter((path) => /^dist\/(?!bin\/|man\/)/.test(path));
    const modules = library.filter((path) => path.endsWith('.js'));
    expect(library).toEqual(modules.flatMap((path) => [path.replace(/\.js$/, '.d.ts'), path]).toSorted());
    for (const path of modules) {
      const source = path.replace(/^dist/, 'src').replace(/\.js$/, '.ts');
      expect(existsSync(join(projectFolder, source)), source).toBe(true);
    }
  });

  it('holds the manual page of the program and of each command, where npm links them from', () => {
    const pages = ['etcd-bundle', ...commands.map(({ name }) => `etcd-bundle-${name}`)]
      .map((name) => `dist/man/${name}.1`)
      .toSorted();
    expect(files.filter((path) => path.startsWith('dist/man/'))).toEqual(pages);
    expect(JSON.parse(text('package.json'))).toMatchObject({ man: pages.map((path) => `./${path}`) });
  });

  it('names no map and no folder of the machine that built it', () => {
    const own = files.filter((path) => /\.(?:c?js|d\.ts|json|md|yaml)$/.test(path));
    const told = own.filter((path) =>
      [/[#@] sourceMappingURL=/, /\/etcd-bundle-package-/, /\bfile:\/\/\/\w/].some((it) =>
        it.test(text(path)),
      ),
    );
    expect(told).toEqual([]);
    expect(own.filter((path) => text(path).includes(projectFolder))).toEqual([]);
  });

  it('lets everybody read every file and run the command', () => {
    for (const path of files) {
      const mode = statSync(join(installed.folder, path)).mode & 0o777;
      expect(mode & 0o755, path).toBe(path === 'dist/bin/etcd-bundle.js' ? 0o755 : 0o644);
    }
  });

  it('is small', ({ annotate }) => {
    const packed = statSync(installed.tarball).size;
    const unpacked = files.reduce((sum, path) => sum + statSync(join(installed.folder, path)).size, 0);
    annotate(`${files.length} files, ${packed} bytes packed, ${unpacked} unpacked`);
    // 1.6 and 5.7, nearly half of it the command with yaml in it: a second copy of them,
    // or a map of one, is what this is to notice.
    expect(packed).toBeLessThan(1.8 * MEGABYTE);
    expect(unpacked).toBeLessThan(6 * MEGABYTE);
  });
});
