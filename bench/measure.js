// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * One side of a comparison: makes its folder ready and says what to run there.
 *
 * @typedef {{name: string, prepare: (folder: string) => readonly string[]}} Contestant
 */

// Node 20 reads NODE_EXTRA_CA_CERTS at every start: 46 ms that have nothing to do with us.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/**
 * Runs all contestants in turns, as cold processes, once to warm up and then as often as asked.
 *
 * @param {readonly Contestant[]} contestants @param {number} runs
 * @returns {ReadonlyMap<string, readonly number[]>} milliseconds by name
 */
export function race(contestants, runs) {
  const times = new Map(contestants.map(({ name }) => [name, /** @type {number[]} */ ([])]));
  for (let run = 0; run <= runs; run += 1) {
    for (const { name, prepare } of contestants) {
      const { milliseconds } = runOnce(prepare);
      if (run > 0) times.get(name)?.push(milliseconds);
    }
  }
  return times;
}

/** @param {Contestant['prepare']} prepare @returns {{milliseconds: number, stdout: string}} */
export function runOnce(prepare) {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-bench-'));
  try {
    const [command = '', ...args] = prepare(folder);
    const started = process.hrtime.bigint();
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
    const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
    return { milliseconds, stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Prints what each took, and how much of it the first took.
 *
 * @param {string} title @param {ReadonlyMap<string, readonly number[]>} times
 * @param {Readonly<Record<string, number>>} [limits] what the first may take of another, by its name
 */
export function report(title, times, limits = {}) {
  const [[firstName, first] = ['', []]] = times;
  const own = median(first);
  console.log(`\n${title}`);
  for (const [name, measured] of times) {
    const middle = median(measured);
    const spread = `${Math.min(...measured).toFixed(0)}–${Math.max(...measured).toFixed(0)}`;
    const ratio = own / middle;
    const limit = limits[name];
    const verdict =
      limit === undefined ? '' : `, ${ratio <= limit ? 'within' : 'ABOVE'} the limit of ${limit}`;
    const told = name === firstName ? '' : `  ${firstName} takes ${ratio.toFixed(2)} of it${verdict}`;
    console.log(`  ${name.padEnd(28)} ${middle.toFixed(0).padStart(6)} ms  (${spread})${told}`);
  }
}

/** @param {readonly number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
