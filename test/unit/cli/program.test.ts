import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readTarball } from '../../../src/node/read/tarball.js';
import { version } from '../../../src/node/version.js';
import { buildCommand } from '../../support/built-program.js';
import { itLong } from '../../support/long-tests.js';
import { CLUSTER, runCli } from './fake-io.js';

let folder = '';
let program = '';
let work = '';
let cache = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'program-'));
  chmodSync(folder, 0o755);
  program = await buildCommand(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  work = mkdtempSync(join(folder, 'work-'));
  cache = join(work, 'cache');
  writeFileSync(join(work, 'cluster.yaml'), CLUSTER);
});

function start(args: readonly string[], env: NodeJS.ProcessEnv = { XDG_CACHE_HOME: cache }) {
  const result = spawnSync(program, args, {
    cwd: work,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
  });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** Each takes as long to load as a certificate to issue, or longer. */
const SLOW_PARTS =
  /^NativeModule (?:fs\/promises|internal\/fs\/(?:promises|streams|rimraf)|internal\/readline\/interface|net|tls|tty|worker_threads)$/;
const generate = ['generate', 'cluster.yaml', '--out', 'out'];

describe('the program', () => {
  it('starts by its own name', () => {
    expect(start(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('writes what the library writes', async () => {
    expect(start(generate)).toMatchObject({ code: 0, stderr: '' });
    await runCli(['generate', 'cluster.yaml', '--out', 'library'], { cwd: work });
    for (const name of readdirSync(join(work, 'library')).filter((file) => file.endsWith('.tar.gz'))) {
      const list = async (out: string) => {
        const bytes = readFileSync(join(work, out, name));
        const files = await readTarball(bytes, name);
        return { header: bytes.subarray(0, 10), files: files.map(({ bytes: _, ...file }) => file) };
      };
      expect(await list('out')).toEqual(await list('library'));
    }
  });

  it('reads certificates, which takes the packages that it loads when needed', () => {
    start(generate);
    const { code, stdout } = start(['inspect', 'out/ca/ca.crt']);
    expect(code).toBe(0);
    expect(stdout).toContain('keyCertSign');
  });

  it('reads standard input', () => {
    const result = spawnSync(program, ['generate', '-', '--dry-run'], { input: CLUSTER, encoding: 'utf8' });
    expect(result).toMatchObject({ status: 0, stderr: '' });
  });

  it("generates without Node's slow parts: file handles, streams of files, sockets, threads, terminals", () => {
    const preload = join(work, 'loaded.cjs');
    writeFileSync(
      preload,
      `process.on('exit', () => require('node:fs').writeFileSync(process.env.LOADED, process.moduleLoadList.join('\\n')));`,
    );
    const loadedBy = (script: string, args: readonly string[]): readonly string[] => {
      const list = join(work, 'loaded');
      const { status, stderr } = spawnSync(process.execPath, ['--require', preload, script, ...args], {
        cwd: work,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], XDG_CACHE_HOME: cache, LOADED: list },
      });
      expect([status, stderr]).toEqual([0, '']);
      return readFileSync(list, 'utf8').split('\n');
    };
    writeFileSync(join(work, 'empty.cjs'), '');
    const start = new Set(loadedBy(join(work, 'empty.cjs'), []));
    // The second run is the one that every later one is like.
    loadedBy(program, [...generate.slice(0, -1), 'first']);
    const own = loadedBy(program, generate).filter((name) => !start.has(name));
    expect(own).toContain('NativeModule crypto');
    expect(own.filter((name) => SLOW_PARTS.test(name))).toEqual([]);
  });

  it('prints without loss into a pipe that nobody empties for a while', async () => {
    start(generate);
    const script = 'etcd_bundle=$1; "$etcd_bundle" inspect out --json | { sleep 0.3; cat; }';
    const piped = execFileSync('sh', ['-c', script, 'sh', program], { cwd: work, encoding: 'utf8' });
    expect(piped.length).toBeGreaterThan(16_384);
    expect(JSON.parse(piped)).toHaveProperty('certificates');
  });

  it('does not mind a reader that has seen enough', () => {
    start(generate);
    const script = 'set -o pipefail; "$1" inspect out | head -1';
    const result = spawnSync('bash', ['-c', script, 'bash', program], { cwd: work, encoding: 'utf8' });
    expect(result).toMatchObject({ status: 0, stderr: '' });
  });

  it.runIf(existsSync('/dev/full'))('tells that its output cannot be written', () => {
    const script = '"$1" init e1=10.0.0.1 > /dev/full';
    const { status, stderr } = spawnSync('sh', ['-c', script, 'sh', program], { encoding: 'utf8' });
    expect(status).toBe(3);
    expect(stderr).toBe(
      'Cannot go on: ENOSPC: no space left on device. Free some space, or choose a folder on another disk. [no-space]\n',
    );
  });
});

describe('compiled code', () => {
  const codeFolder = () => join(cache, 'etcd-bundle/code');
  const cached = () => readdirSync(codeFolder()).map((name) => join(codeFolder(), name));

  it('is kept for the next run, for its owner alone, and changes nothing', () => {
    expect(start(generate).code).toBe(0);
    const [file = '', ...more] = cached();
    expect(more).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(codeFolder()).mode & 0o777).toBe(0o700);
    const { mtimeMs } = statSync(file);
    rmSync(join(work, 'out'), { recursive: true });
    expect(start(generate)).toMatchObject({ code: 0, stderr: '' });
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  itLong.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['changed in one byte', (bytes: Buffer) => bytes.fill((bytes[5000] ?? 0) ^ 1, 5000, 5001)],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.alloc(100_000, 7)],
  ])('is made anew when it is %s', (_, damage) => {
    start(generate);
    const [file = ''] = cached();
    const good = readFileSync(file);
    writeFileSync(file, damage(Buffer.from(good)));
    rmSync(join(work, 'out'), { recursive: true });
    expect(start(generate)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(file).length).toBeGreaterThan(good.length / 2);
  });

  itLong('is not used where others may write to it', () => {
    start(generate);
    const [file = ''] = cached();
    writeFileSync(file, 'theirs');
    for (const path of [file, codeFolder()]) {
      chmodSync(path, 0o777);
      rmSync(join(work, 'out'), { recursive: true, force: true });
      expect(start(generate)).toMatchObject({ code: 0, stderr: '' });
    }
    expect(readFileSync(file, 'utf8')).not.toBe('');
  });

  itLong.each([
    ['there is no folder for it', {}],
    ['it may not be written', { XDG_CACHE_HOME: '/proc/nowhere' }],
    ['the folder is relative', { XDG_CACHE_HOME: 'cache' }],
    ['it is switched off', { HOME: '/nowhere', NODE_DISABLE_COMPILE_CACHE: '1' }],
  ])('is done without when %s', (_, env) => {
    expect(start(generate, env)).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(work).sort()).toEqual(['cluster.yaml', 'out']);
  });

  itLong('loses what it has not written for a month, and nothing that it did not write', () => {
    start(generate);
    const [file = ''] = cached();
    const stale = file.replace(/\/[0-9a-f]{16}-/, '/0123456789abcdef-');
    const strangers = ['notes.txt', 'generate', `${basename(stale)}.bak`];
    for (const path of [stale, ...strangers.map((name) => join(codeFolder(), name))]) {
      writeFileSync(path, '');
      utimesSync(path, 0, 0);
    }
    mkdirSync(stale.replace('generate', 'verify'));
    rmSync(file);
    rmSync(join(work, 'out'), { recursive: true });
    expect(start(generate).code).toBe(0);
    expect(readdirSync(codeFolder()).sort()).toEqual(
      [basename(file), basename(stale).replace('generate', 'verify'), ...strangers].sort(),
    );
  });

  const isRoot = process.geteuid?.() === 0;
  it.runIf(isRoot)(`is not kept in the home of another user${isRoot ? '' : ' (not run: takes root)'}`, () => {
    const home = join(work, 'alice');
    mkdirSync(home);
    chownSync(home, 65_534, 65_534);
    expect(start(generate, { HOME: home })).toMatchObject({ code: 0, stderr: '' });
    rmSync(join(work, 'out'), { recursive: true });
    expect(start(generate, { XDG_CACHE_HOME: join(home, 'cache/deep') })).toMatchObject({ code: 0 });
    expect(readdirSync(home)).toEqual([]);
    chownSync(home, 0, 0);
    rmSync(join(work, 'out'), { recursive: true });
    start(generate, { HOME: home });
    expect(readdirSync(home)).toEqual(['.cache']);
  });

  itLong('makes no home where there is none', () => {
    expect(start(generate, { HOME: join(work, 'gone') })).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(work).sort()).toEqual(['cluster.yaml', 'out']);
  });

  itLong('is not kept for a command that does not exist', () => {
    expect(start(['nonsense']).code).toBe(2);
    expect(readdirSync(work)).toEqual(['cluster.yaml']);
  });

  itLong('is found through a link to the program, as npm makes one', () => {
    mkdirSync(join(work, 'bin'));
    symlinkSync(program, join(work, 'bin/etcd-bundle'));
    const result = spawnSync(join(work, 'bin/etcd-bundle'), ['--version'], { encoding: 'utf8' });
    expect(result).toMatchObject({ status: 0, stdout: `${version}\n` });
  });
});
