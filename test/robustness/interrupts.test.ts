import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOutput } from '../../src/node/write/output.js';
import { buildCommand } from '../support/built-program.js';
import { isLong } from '../support/long-tests.js';
import { bundleIn, bundleOf } from './output-states.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Of those for each command that holds nothing. */
const TRIED = isLong ? SIGNALS : SIGNALS.slice(0, 1);
const MEMBER = 'members: [{name: e1, address: 10.0.0.1}]\n';
/** Of a certificate file: many times what a command reads in the time that the test gives it. */
const BIG = 6000;

let folder = '';
let program = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'interrupts-'));
  program = await buildCommand(folder);
  const members = Array.from(
    { length: 60 },
    (_, index) => `  - {name: e${index}, address: 10.0.0.${index + 1}}\n`,
  );
  writeFileSync(join(folder, 'rsa.yaml'), `certificates: {key: rsa-4096}\nmembers:\n${members.join('')}`);
  writeFileSync(join(folder, 'one.yaml'), MEMBER);
  await end(start(['generate', 'one.yaml', '--out', 'bundle'], folder));
  const pem = readFileSync(join(folder, 'bundle/ca/ca.crt'));
  for (const host of ['a', 'b']) {
    const pki = join(folder, 'hosts', host, 'etc/etcd/pki');
    mkdirSync(pki, { recursive: true });
    for (let index = 0; index < BIG; index += 1) writeFileSync(join(pki, `${index}.crt`), pem);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly output: { stdout: string; stderr: string };
}

function start(args: readonly string[], cwd: string): Started {
  const env = { PATH: process.env['PATH'], XDG_CACHE_HOME: join(folder, 'cache') };
  const child = spawn(process.execPath, [program, ...args], { cwd, env });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  return { child, ended, output };
}

async function end({ ended }: Started): Promise<void> {
  expect(await ended).toEqual({ code: 0, signal: null });
}

/** Waits until the program itself runs: Node has opened it, and is through with starting. */
async function untilReading({ child, ended }: Started): Promise<void> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const stat = `/proc/${child.pid}/stat`;
  while (!isOver && existsSync(stat) && cpuTicks(readFileSync(stat, 'utf8')) < 25) await sleep(5);
  expect(isOver).toBe(false);
}

function cpuTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

const reading = [
  ['verify of a large tree', ['verify', 'hosts/a', 'hosts/b']],
  ['verify with handshakes', ['verify', '--handshakes', 'hosts/a', 'hosts/b']],
  ['inspect of a large tree', ['inspect', 'hosts/a']],
  ['a dry run', ['generate', 'rsa.yaml', '--dry-run']],
] as const;

const waiting = [
  ['explain', ['explain']],
  ['generate', ['generate', '-', '--out', 'out']],
  ['a dry run', ['generate', '-', '--dry-run']],
] as const;

describe.runIf(existsSync('/proc/self/stat'))('a command that reads', () => {
  it.each(reading.flatMap(([what, args]) => TRIED.map((signal) => [what, signal, args] as const)))(
    'ends at once, %s by %s',
    async (_, signal, args) => {
      const before = readdirSync(folder).sort();
      const run = start(args, folder);
      await untilReading(run);
      run.child.kill(signal);
      expect({ ...(await run.ended), ...run.output }).toEqual({ code: null, signal, stdout: '', stderr: '' });
      expect(readdirSync(folder).sort()).toEqual(before);
    },
  );
});

describe('a command that waits for standard input', () => {
  it.each(waiting.flatMap(([what, args]) => TRIED.map((signal) => [what, signal, args] as const)))(
    'ends at once, %s by %s',
    async (_, signal, args) => {
      const before = readdirSync(folder).sort();
      const run = start(args, folder);
      run.child.stdin.write(MEMBER);
      await sleep(400);
      run.child.kill(signal);
      expect({ ...(await run.ended), ...run.output }).toEqual({ code: null, signal, stdout: '', stderr: '' });
      expect(readdirSync(folder).sort()).toEqual(before);
    },
  );
});

describe('generate', () => {
  it.each(SIGNALS)('cleans up and dies of %s, also when it comes twice', async (signal) => {
    const work = mkdtempSync(join(folder, 'work-'));
    const run = start(['generate', '../rsa.yaml', '--out', 'out'], work);
    while (readdirSync(work).length === 0) await sleep(5);
    run.child.kill(signal);
    run.child.kill(signal);
    expect({ ...(await run.ended), ...run.output }).toEqual({
      code: null,
      signal,
      stdout: '',
      stderr: 'etcd-bundle: interrupted, nothing was written.\n',
    });
    expect(readdirSync(work)).toEqual([]);
  });

  it('is seen by a shell as 128 and the number of the signal', async () => {
    const work = mkdtempSync(join(folder, 'work-'));
    const script =
      '"$1" "$2" generate ../rsa.yaml --out out & child=$!; trap \'kill -$3 $child\' USR1; wait $child; wait $child; echo $?';
    for (const signal of SIGNALS) {
      const shell = spawn('bash', ['-c', script, 'bash', process.execPath, program, signal.slice(3)], {
        cwd: work,
      });
      let told = '';
      shell.stdout.on('data', (chunk: Buffer) => {
        told += chunk.toString();
      });
      const closed = new Promise((resolve) => shell.on('close', resolve));
      while (readdirSync(work).length === 0) await sleep(5);
      shell.kill('SIGUSR1');
      await closed;
      expect(told.trim()).toBe(String(128 + constants.signals[signal]));
      expect(readdirSync(work)).toEqual([]);
    }
  });

  it('finishes what it has begun to put in its place', async () => {
    const out = join(mkdtempSync(join(folder, 'work-')), 'out');
    const abort = new AbortController();
    const files = bundleOf('new');
    const lastThenAbort = async function* () {
      yield* files;
      // The source has nothing more to give: from here on the folder is synced and renamed.
      setImmediate(() => abort.abort(new Error('late')));
    };
    await writeOutput(out, lastThenAbort(), { signal: abort.signal });
    expect(bundleIn(out)).toBe('new');
  });
});
