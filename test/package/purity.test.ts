import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../support/long-tests.js';
import { type InstalledPackage, installedPackage } from './installed/installed.js';
import { unconfigured } from './installed/npm.js';

/**
 * Everything that a program shares with its libraries, by name and by identity: globals, what hangs on them, prototypes, listeners,
 * what keeps a process alive.
 */
const watch = `
// Node makes many of its globals when they are first read.
for (const name of Object.getOwnPropertyNames(globalThis)) if (!/Storage$/.test(name)) void globalThis[name];
const shared = { globalThis };
for (const name of Object.getOwnPropertyNames(globalThis)) {
  const { value } = Object.getOwnPropertyDescriptor(globalThis, name);
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || value === globalThis) continue;
  shared[name] = value;
  if (typeof value === 'function' && value.prototype) shared[name + '.prototype'] = value.prototype;
}
function take() {
  return new Map(Object.entries(shared).flatMap(([name, object]) =>
    Reflect.ownKeys(object).map((key) => [name + '.' + String(key), Object.getOwnPropertyDescriptor(object, key)])));
}
function changed(before) {
  const after = take();
  const same = (a, b) => a !== undefined && b !== undefined && Object.is(a.value, b.value) && a.get === b.get && a.set === b.set && a.writable === b.writable;
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => !same(before.get(name), after.get(name)) && !/^process\\.(?:_|exitCode)/.test(name))
    .map((name) => name === 'globalThis.' + process.pid ? 'globalThis.<process id>' : name);
}
/** 'CloseReq' is of the loader, which closes the files that it has read. */
const resources = () => process.getActiveResourcesInfo().filter((name) => name !== 'CloseReq').toSorted().join();
const listeners = () => process.eventNames().map((name) => String(name) + process.listenerCount(name)).join();
`;

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await installedPackage();
});

let scripts = 0;
/** Runs a module beside the installed package. @returns what it prints, as JSON */
function run(script: string): unknown {
  scripts += 1;
  const path = join(installed.consumer, `purity-${scripts}.mjs`);
  writeFileSync(path, script);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path],
    {
      encoding: 'utf8',
      env: unconfigured(process.env),
      timeout: 60_000,
    },
  );
  expect(status, stderr).toBe(0);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const make = `
const spec = core.parseClusterDocument('members: [{name: e1, address: 10.0.0.1}, {name: e2, address: "fd00::2"}]');
const pki = await core.issuePki(spec, core.planCertificates(spec), { crypto: provider, now: 1800000000 });
const bundles = [...core.renderBundles(spec, pki)];
`;

describe('the watch over globals', () => {
  it('sees what libraries do to them', () => {
    const output = run(`${watch}
      const before = take();
      globalThis.added = 1;
      Array.prototype.last = () => {};
      Math.random = () => 4;
      Reflect.metadata = () => {};
      Object.defineProperty(String.prototype, 'trim', { value: () => '' });
      console.log(JSON.stringify(changed(before)));
    `);
    expect(output).toEqual(
      expect.arrayContaining([
        'globalThis.added',
        'Array.prototype.last',
        'Math.random',
        'Reflect.metadata',
        'String.prototype.trim',
      ]),
    );
    expect(output).toHaveLength(5);
  });
});

describe.each(['etcd-bundle', 'etcd-bundle/node', 'etcd-bundle/report', 'etcd-bundle/verify'])(
  'importing %s',
  (entry) => {
    it.each(sample(['import', 'require'], 2))(
      'changes no global, listens to nothing, starts nothing: %s',
      (how) => {
        const output = run(`${watch}
      import { createRequire } from 'node:module';
      const load = ${how === 'import' ? '(name) => import(name)' : 'createRequire(import.meta.url)'};
      const before = take();
      const heard = listeners();
      const open = resources();
      await load('${entry}');
      console.log(JSON.stringify([changed(before), listeners() === heard, resources() === open]));
    `);
        expect(output).toEqual([[], true, true]);
      },
    );
  },
);

describe('using what was imported', () => {
  it('changes no global while a bundle is made, packed and read back', () => {
    const output = run(`${watch}
      import { webcrypto } from 'node:crypto';
      import * as core from 'etcd-bundle';
      import { archiveBundle, generateBundle, nodeCryptoProvider, readTarball } from 'etcd-bundle/node';
      import { explainMessage } from 'etcd-bundle/verify';
      const before = take();
      const heard = listeners();
      let tarballs = 0;
      for (const provider of [nodeCryptoProvider(), core.webCryptoProvider(webcrypto)]) {
        ${make}
        for (const bundle of bundles) {
          await readTarball(await archiveBundle(bundle), bundle.name);
          tarballs += 1;
        }
        for await (const file of generateBundle(spec, { crypto: provider, now: 1800000000, document: '' })) void file;
      }
      explainMessage('bind: address already in use');
      console.log(JSON.stringify([tarballs, changed(before), listeners() === heard]));
    `);
    expect(output).toEqual([6, [], true]);
  });

  it('changes no global while what others made is judged, revocation lists too', () => {
    const output = run(`${watch}
      import * as core from 'etcd-bundle';
      import { nodeCryptoProvider } from 'etcd-bundle/node';
      import { verifyBundle } from 'etcd-bundle/verify';
      const provider = nodeCryptoProvider();
      ${make}
      const verify = async (hosts) => {
        const before = take();
        const { summary } = await verifyBundle(hosts, { crypto: core.webCryptoProvider(globalThis.crypto), at: 1800000001 });
        return [summary.errors, changed(before)];
      };
      const withList = ({ name, files }) => ({
        name,
        files: files.map((file) =>
          file.path.endsWith('.service')
            ? { ...file, bytes: Buffer.from(Buffer.from(file.bytes).toString().replace('--name', '--client-crl-file=/etc/etcd/pki/ca.crt --name')) }
            : file,
        ),
      });
      const hosts = bundles.slice(0, 2);
      const [judged, listed] = [await verify(hosts), await verify(hosts.map(withList))];
      console.log(JSON.stringify([judged, listed[0] > 0, listed[1]]));
    `);
    expect(output).toEqual([[0, []], true, []]);
  });

  it('reads nothing ambient in the core: a clock, randomness, a network, a console, a process', () => {
    const output = run(`
      import * as core from 'etcd-bundle';
      const real = globalThis.crypto;
      const write = process.stdout.write.bind(process.stdout);
      const poison = (name) => new Proxy(function () {}, {
        get() { throw new Error(name + ' was read'); },
        apply() { throw new Error(name + ' was called'); },
        construct() { throw new Error(name + ' was constructed'); },
      });
      const names = ['Date', 'Intl', 'fetch', 'console', 'process', 'Buffer', 'crypto', 'setTimeout', 'setInterval', 'setImmediate',
        'queueMicrotask', 'performance', 'navigator', 'WebSocket', 'structuredClone', 'btoa', 'atob', 'URL', 'AbortController'];
      const kept = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
      for (const name of names) {
        Object.defineProperty(globalThis, name, { value: poison(name), configurable: true, writable: true });
      }
      const random = Math.random;
      Math.random = poison('Math.random');
      String.prototype.localeCompare = poison('localeCompare');
      const provider = core.webCryptoProvider(real);
      ${make}
      core.renderRunbook(spec, pki);
      const rest = { document: '', generator: '', archive: async () => new Uint8Array() };
      for await (const file of core.generateBundle(spec, { crypto: provider, now: 1800000000, ...rest })) void file;
      Math.random = random;
      for (const [name, descriptor] of kept) if (descriptor !== undefined) Object.defineProperty(globalThis, name, descriptor);
      write(JSON.stringify(bundles.map(({ name, files }) => name + ':' + (files.length > 3))));
    `);
    expect(output).toEqual(['e1:true', 'e2:true', 'admin:true']);
  });
});
