// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './measure.js';

const preload = fileURLToPath(new URL('./print-usage.cjs', import.meta.url));
// As in measure.js.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/**
 * What one run of a command of Node's took.
 *
 * @typedef {{milliseconds: number, cpu: number, peak: number}} Usage `cpu` in milliseconds, `peak` in MiB
 */

/**
 * Runs a command once, as a cold process in a folder of its own.
 *
 * @param {(folder: string) => readonly string[]} prepare @returns {Usage}
 */
export function usageOf(prepare) {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-bench-'));
  try {
    const [command = '', ...args] = prepare(folder);
    const started = performance.now();
    const { status, stderr } = spawnSync(command, ['--require', preload, ...args], { env, encoding: 'utf8' });
    const milliseconds = performance.now() - started;
    const [, kibibytes, microseconds] = /usage (\d+) (\d+)/.exec(stderr) ?? [];
    if (status !== 0 || kibibytes === undefined)
      throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
    return { milliseconds, cpu: Number(microseconds) / 1000, peak: Number(kibibytes) / 1024 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The same commands in turns, once to warm up and then as often as asked.
 *
 * @param {readonly ((folder: string) => readonly string[])[]} commands @param {number} runs
 * @returns {readonly Usage[]} the median of each figure, in the order of the commands
 */
export function medianUsages(commands, runs) {
  const all = commands.map(() => /** @type {Usage[]} */ ([]));
  for (let run = 0; run <= runs; run += 1)
    for (const [index, command] of commands.entries()) {
      const usage = usageOf(command);
      if (run > 0) all[index]?.push(usage);
    }
  return all.map((usages) => ({
    milliseconds: median(usages.map(({ milliseconds }) => milliseconds)),
    cpu: median(usages.map(({ cpu }) => cpu)),
    peak: median(usages.map(({ peak }) => peak)),
  }));
}
