import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { array, type InferOutput, object, optional, parse, record, string, unknown } from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithPrograms } from '../../programs/describe.js';
import { type InstalledPackage, installedPackage } from '../installed/installed.js';
import { unconfigured } from '../installed/npm.js';
import { replayKeys } from '../reproducible/replay-keys.js';
import { runPage } from './chromium.js';

const pair = { certificate: string(), privateKey: string() };
const outcome = object({
  given: record(string(), record(string(), string())),
  fresh: record(
    string(),
    object({
      authorities: array(object({ id: string(), ...pair })),
      leaves: array(object({ authority: string(), ...pair })),
      errors: array(unknown()),
      members: array(string()),
    }),
  ),
  addedByMaking: array(string()),
  addedByVerifying: array(string()),
  agent: string(),
});
const posted = object({ page: unknown(), worker: unknown() });
const failed = object({ error: optional(string()) });

const fresh: Readonly<Record<string, string>> = Object.fromEntries(
  ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048'].map((key) => [
    key,
    `members: [{name: e1, address: 10.0.0.1}, {name: e2, address: "fd00::2"}]\ncertificates: {key: ${key}}\n`,
  ]),
);

let installed: InstalledPackage;
let folder: string;
let page: InferOutput<typeof outcome>;
let worker: InferOutput<typeof outcome>;
let expected: unknown;

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

function examples(): Readonly<Record<string, string>> {
  const names = readdirSync(join(installed.folder, 'examples'), { withFileTypes: true }).filter((it) =>
    it.isDirectory(),
  );
  return Object.fromEntries(
    names.map(({ name }) => [
      name,
      readFileSync(join(installed.folder, 'examples', name, 'cluster.yaml'), 'utf8'),
    ]),
  );
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: installed.consumer,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    outdir: 'out',
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

/** The same work in Node, with the package as Node finds it. */
function inNode(input: unknown): unknown {
  const script = join(installed.consumer, 'browser-in-node.mjs');
  const inputFile = join(folder, 'input.json');
  writeFileSync(inputFile, JSON.stringify(input));
  writeFileSync(
    script,
    `import { readFileSync } from 'node:fs';
import { makeGiven } from './browser-work.mjs';
const { given } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
process.stdout.write(JSON.stringify(await makeGiven(given)));\n`,
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, inputFile], {
    encoding: 'utf8',
    env: unconfigured(process.env),
    maxBuffer: 64 * 2 ** 20,
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

function readOutcome(value: unknown): InferOutput<typeof outcome> {
  const { error } = parse(failed, value);
  if (error !== undefined) throw new Error(error);
  return parse(outcome, value);
}

describeWithPrograms(['chromium', 'openssl'], 'the library in a browser', (program) => {
  beforeAll(async () => {
    installed = await installedPackage();
    folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-browser-'));
    const work = join(installed.consumer, 'browser-work.mjs');
    copyFileSync(join(import.meta.dirname, 'work.mjs'), work);
    const input = { given: { documents: examples(), keys: await replayKeys() }, fresh: { documents: fresh } };
    const script = 'text/javascript; charset=utf-8';
    const site = new Map([
      [
        '/',
        {
          type: 'text/html; charset=utf-8',
          body: '<!doctype html><script type="module" src="/page.js"></script>',
        },
      ],
      ['/page.js', { type: script, body: readFileSync(join(import.meta.dirname, 'page.mjs'), 'utf8') }],
      ['/work.js', { type: script, body: await bundle(work) }],
      ['/input', { type: 'application/json', body: JSON.stringify(input) }],
    ]);
    const result = parse(posted, JSON.parse(await runPage(program('chromium').path, site)));
    page = readOutcome(result.page);
    worker = readOutcome(result.worker);
    expected = inNode(input);
  });

  it('makes every file of every example with the bytes that Node makes, in a page and in a worker', () => {
    expect(page.agent).toContain('Chrome/');
    expect(Object.keys(page.given).length).toBe(7);
    for (const files of Object.values(page.given)) expect(Object.keys(files).length).toBeGreaterThan(4);
    expect(page.given).toEqual(expected);
    expect(worker.given).toEqual(expected);
  });

  it('adds no global while it does so', () => {
    expect([page.addedByMaking, worker.addedByMaking]).toEqual([[], []]);
  });

  it('draws keys of its own and finds what it made sound', () => {
    for (const { fresh: made } of [page, worker]) {
      expect(Object.keys(made)).toEqual(Object.keys(fresh));
      for (const { errors, members } of Object.values(made)) {
        expect(errors).toEqual([]);
        expect(members).toEqual(['e1', 'e2']);
      }
    }
    const numbers = [page, worker].flatMap((it) =>
      Object.values(it.fresh).flatMap(({ leaves }) =>
        leaves.map(({ certificate }) => new X509Certificate(certificate).serialNumber),
      ),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('issues certificates that OpenSSL verifies, and keys that belong to them', () => {
    for (const { authorities, leaves } of [page, worker].flatMap((it) => Object.values(it.fresh))) {
      expect(authorities.length).toBe(2);
      expect(leaves.length).toBeGreaterThan(8);
      for (const { certificate, privateKey } of [...authorities, ...leaves]) {
        expect(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey))).toBe(true);
      }
      for (const { id, certificate } of authorities) {
        writeFileSync(join(folder, 'ca.crt'), certificate);
        const own = leaves.filter((leaf) => leaf.authority === id);
        const files = own.map((leaf, at) => {
          writeFileSync(join(folder, `${at}.crt`), leaf.certificate);
          return join(folder, `${at}.crt`);
        });
        const { status, stdout, stderr } = spawnSync(
          program('openssl').path,
          ['verify', '-x509_strict', '-attime', '1800000060', '-CAfile', join(folder, 'ca.crt'), ...files],
          { encoding: 'utf8' },
        );
        expect(status, stdout + stderr).toBe(0);
        expect(
          stdout
            .trimEnd()
            .split('\n')
            .every((line) => line.endsWith(': OK')),
        ).toBe(true);
      }
    }
  });

  it('adds none by verifying either', () => {
    expect([page.addedByVerifying, worker.addedByVerifying]).toEqual([[], []]);
  });
});
