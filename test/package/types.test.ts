import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeLong, isLong } from '../support/long-tests.js';
import { projectFolder } from './installed/dependencies.js';
import { type InstalledPackage, installedPackage } from './installed/installed.js';
import { unconfigured } from './installed/npm.js';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
/** Without Node's types and the DOM's, as strict as it goes, every declaration file checked too. */
const options = {
  target: 'es2023',
  lib: ['es2023'],
  types: [],
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
};
const resolutions = [
  { moduleResolution: 'nodenext', module: 'nodenext' },
  { moduleResolution: 'bundler', module: 'esnext' },
  { moduleResolution: 'bundler', module: 'preserve' },
] as const;

let installed: InstalledPackage;
let folder: string;

beforeAll(async () => {
  installed = await installedPackage();
  folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-types-'));
  symlinkSync(join(installed.consumer, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Compiles one text as a program of its own. @returns what tsc finds */
function compile(name: string, text: string, compilerOptions: Readonly<Record<string, unknown>>): string {
  writeFileSync(join(folder, `${name}.ts`), text);
  const project = join(folder, `${name}.json`);
  writeFileSync(
    project,
    JSON.stringify({ compilerOptions: { ...options, ...compilerOptions }, files: [`${name}.ts`] }),
  );
  return spawnSync(process.execPath, [tsc, '-p', project], {
    cwd: folder,
    encoding: 'utf8',
    env: unconfigured(process.env),
  }).stdout;
}

function readmeExample(): string {
  const [, example = ''] =
    /```ts\n(.*?)```/s.exec(readFileSync(join(projectFolder, 'README.md'), 'utf8')) ?? [];
  expect(example).toContain("from 'etcd-bundle'");
  return example;
}

for (const resolution of resolutions) {
  const suite = resolution.module === 'nodenext' ? describe : describeLong;
  suite(`a TypeScript program, ${resolution.moduleResolution} with ${resolution.module}`, () => {
    const name = `${resolution.moduleResolution}-${resolution.module}`;

    // The program of the README imports the others.
    const entries = isLong
      ? ['etcd-bundle', 'etcd-bundle/node', 'etcd-bundle/report', 'etcd-bundle/verify']
      : ['etcd-bundle/verify'];
    it.each(entries)('imports %s', (entry) => {
      const text = `import * as entry from '${entry}';\nexport const names: readonly string[] = Object.keys(entry);\n`;
      expect(compile(`${name}-${entry.replace('/', '-')}`, text, { ...resolution, noEmit: true })).toBe('');
    });

    it('is told where it uses an entry wrongly', () => {
      const text = [
        "import { parseClusterSpec } from 'etcd-bundle';",
        "import { archiveBundle } from 'etcd-bundle/node';",
        'export const name: number = parseClusterSpec({}).cluster.name;',
        "export const made: Promise<Uint8Array> = archiveBundle('e1');",
        '',
      ].join('\n');
      const said = compile(`${name}-wrong`, text, { ...resolution, noEmit: true, skipLibCheck: true });
      expect(said.match(/error TS\d+/g)).toEqual(['error TS2322', 'error TS2345']);
    });

    it('is the one of the README, and runs', () => {
      const out = join(folder, name);
      const compilerOptions = { ...resolution, lib: ['es2023', 'dom'], outDir: out };
      expect(compile(`${name}-example`, readmeExample(), compilerOptions)).toBe('');
      const printed = execFileSync(process.execPath, [join(out, `${name}-example.js`)], {
        encoding: 'utf8',
        env: unconfigured(process.env),
      });
      expect(printed).toMatch(/^e1 \d{4,}\nadmin \d{4,}\n$/);
    });
  });
}
