import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWithPrograms } from '../../programs/describe.js';
import { sample } from '../../support/long-tests.js';
import { type InstalledPackage, installedPackage } from '../installed/installed.js';
import { unconfigured } from '../installed/npm.js';
import { replayKeys } from './replay-keys.js';

/** Everything about a process that its output must not depend on. */
interface Surroundings {
  readonly title: string;
  readonly umask: string;
  readonly env: Readonly<Record<string, string>>;
  /** Folder that the process works in, relative to the test's own. */
  readonly cwd: string;
  /** Runs as nobody where the test runs as root. */
  readonly isNobody?: boolean;
}

const plain: Surroundings = {
  title: 'UTC, umask 022',
  umask: '022',
  env: { TZ: 'UTC', LC_ALL: 'C' },
  cwd: '.',
};
const elsewhere: readonly Surroundings[] = [
  {
    title: 'Kathmandu, Turkish, umask 000, another folder and home',
    umask: '000',
    env: {
      TZ: 'Asia/Kathmandu',
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      LANGUAGE: 'tr',
      HOME: '/nonexistent',
    },
    cwd: 'a folder, with blanks',
  },
  {
    title: 'Apia, Arabic, umask 077, a noisy environment',
    umask: '077',
    env: {
      TZ: 'Pacific/Apia',
      LC_ALL: 'ar_EG.UTF-8',
      SOURCE_DATE_EPOCH: '1',
      NODE_ENV: 'production',
      NODE_OPTIONS: '--no-warnings --stack-trace-limit=1',
      NODE_DEBUG: 'fs',
      COLUMNS: '20',
      FORCE_COLOR: '3',
      TAR_OPTIONS: '--sort=none',
      GZIP: '-1',
      ETCD_NAME: 'other',
      ETCD_DATA_DIR: '/other',
      KUBECONFIG: '/other',
      OPENSSL_CONF: '/dev/null',
      UV_THREADPOOL_SIZE: '1',
    },
    cwd: 'deep/in/a/folder',
  },
  {
    title: 'Reykjavik, Thai, umask 027, another user',
    umask: '027',
    env: {
      TZ: 'Atlantic/Reykjavik',
      LC_ALL: 'th_TH.UTF-8',
      USER: 'nobody',
      LOGNAME: 'nobody',
      HOSTNAME: 'e1',
    },
    cwd: '.',
    isNobody: true,
  },
];

let installed: InstalledPackage;
let folder: string;
let script: string;
let expected: readonly string[];
let runs = 0;

beforeAll(async () => {
  installed = await installedPackage();
  folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-reproducible-'));
  chmodSync(folder, 0o777);
  script = join(installed.consumer, 'generate-examples.mjs');
  copyFileSync(join(import.meta.dirname, 'generate-examples.mjs'), script);
  writeFileSync(join(folder, 'keys.json'), JSON.stringify(await replayKeys()), { mode: 0o644 });
  expected = outputOf(process.execPath, plain);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** @returns a line for every file on the disk and in a tarball: path, mode, owner, digest */
function outputOf(node: string, { umask, env, cwd, isNobody = false }: Surroundings): readonly string[] {
  const { PATH = '' } = unconfigured(process.env);
  runs += 1;
  const workFolder = join(folder, cwd);
  mkdirSync(workFolder, { recursive: true });
  // Of another length each time.
  const out = join(folder, `out-${'x'.repeat(runs)}`);
  mkdirSync(out);
  const user = isNobody && process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  // Where root alone may look, as below /root, another user cannot even start it.
  const program = isNobody ? join(folder, 'node') : node;
  if (isNobody) copyFileSync(node, program);
  chmodSync(out, 0o777);
  const { status, stdout, stderr } = spawnSync(
    '/bin/sh',
    [
      '-c',
      'umask "$0"; exec "$@"',
      umask,
      program,
      script,
      join(installed.folder, 'examples'),
      out,
      join(folder, 'keys.json'),
    ],
    { cwd: workFolder, env: { PATH, ...env }, ...user, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 },
  );
  rmSync(out, { recursive: true });
  if (isNobody) rmSync(program);
  expect(status, stderr).toBe(0);
  return stdout.trimEnd().split('\n');
}

describe('the same document, keys, clock and serial numbers', () => {
  it('make bundles of every example, three key algorithms each', () => {
    expect(expected.filter((line) => /^[^/]+\/bundle\.json 644 /.test(line)).length).toBe(7 * 3);
    expect(expected.filter((line) => /^[^:]*\.tar\.gz 600 /.test(line)).length).toBeGreaterThan(7 * 3 * 2);
    expect(expected.filter((line) => /\/ca\/ 700$/.test(line)).length).toBeGreaterThan(6 * 2);
  });

  it.each(sample(elsewhere, 3))('make the same bytes and modes: $title', (surroundings) => {
    expect(outputOf(process.execPath, surroundings)).toEqual(expected);
  });
});

describeWithPrograms(['node-20', 'node-22', 'node-24'], 'the same on another Node', (program) => {
  const everywhere = (['node-20', 'node-22', 'node-24'] as const).flatMap((name) =>
    [plain, ...elsewhere].map((surroundings) => ({ name, surroundings, title: surroundings.title })),
  );

  it.each(everywhere)('make the same bytes and modes: $name, $title', ({ name, surroundings }) => {
    expect(outputOf(program(name).path, surroundings)).toEqual(expected);
  });
});
