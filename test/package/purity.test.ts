import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const entry = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

let folder: string;
let bundled: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-purity-'));
  bundled = join(folder, 'index.mjs');
  await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    outfile: bundled,
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(script: string): string {
  const path = join(folder, 'script.mjs');
  writeFileSync(path, script);
  return execFileSync(process.execPath, [path], { encoding: 'utf8' });
}

describe('the core', () => {
  it('holds no string of what it must not use', () => {
    const text = readFileSync(bundled, 'utf8');
    const forbidden = [
      /['"`]node:/,
      /Math\.random/,
      /Date\.now/,

      /reflect-metadata/,
      /tsyringe/,
      /pkijs/,
      /archiver/,
    ];
    expect(forbidden.filter((pattern) => pattern.test(text))).toEqual([]);
  });

  it('changes no global when it is imported', () => {
    const output = run(`
      const keys = () => [globalThis, Reflect, Object, Object.prototype, Array.prototype, String.prototype, Function.prototype]
        .map((object) => Reflect.ownKeys(object).map(String).sort().join());
      const before = keys();
      const listeners = process.eventNames().length;
      await import(${JSON.stringify(pathToFileURL(bundled).href)});
      console.log(JSON.stringify([keys().join() === before.join(), process.eventNames().length === listeners]));
    `);
    expect(JSON.parse(output)).toEqual([true, true]);
  });

  it('runs with the ambient world poisoned', () => {
    const output = run(`
      const real = globalThis.crypto;
      const write = process.stdout.write.bind(process.stdout);
      const poison = (name) => new Proxy(function () {}, {
        get() { throw new Error(name + ' was read'); },
        apply() { throw new Error(name + ' was called'); },
        construct() { throw new Error(name + ' was constructed'); },
      });
      for (const name of ['Date', 'fetch', 'console', 'process', 'Buffer', 'crypto', 'setTimeout', 'setInterval', 'setImmediate', 'performance', 'navigator']) {
        Object.defineProperty(globalThis, name, { value: poison(name), configurable: true, writable: true });
      }
      Math.random = poison('Math.random');
      const core = await import(${JSON.stringify(pathToFileURL(bundled).href)});
      const spec = core.parseClusterDocument('members: [{name: e1, address: 10.0.0.1}, {name: e2, address: "fd00::2"}]');
      const provider = core.webCryptoProvider(real);
      const pki = await core.issuePki(spec, core.planCertificates(spec), { crypto: provider, now: 1800000000 });
      const bundles = [...core.renderBundles(spec, pki)];
      core.renderRunbook(spec, pki);
      write(bundles.map(({ name, files }) => name + ':' + files.length).join(' '));
    `);
    expect(output).toMatch(/^e1:\d+ e2:\d+ admin:4$/);
  });
});
