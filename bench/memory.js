// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from './command.js';

const preload = fileURLToPath(new URL('./print-peak.cjs', import.meta.url));
const SIZES = /** @type {const} */ ([50, 500]);
const LIMIT = 1.3;

/** Peak resident memory of the whole command: a large cluster beside a small one. */
export function memory() {
  const [small, large] = SIZES.map(peakOf);
  const ratio = (large ?? Number.NaN) / (small ?? Number.NaN);
  console.log(`\npeak memory, ecdsa-p256`);
  console.log(`  ${SIZES[0]} members  ${small?.toFixed(0).padStart(6)} MiB`);
  console.log(
    `  ${SIZES[1]} members ${large?.toFixed(0).padStart(6)} MiB  ${ratio.toFixed(2)} of it, ${ratio <= LIMIT ? 'within' : 'ABOVE'} the limit of ${LIMIT}`,
  );
}

/** @param {number} members MiB */
function peakOf(members) {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-bench-'));
  try {
    const [command = '', ...args] = generate(folder, members, 'ecdsa-p256');
    const { status, stderr } = spawnSync(command, ['--require', preload, ...args], { encoding: 'utf8' });
    const [, kibibytes] = /peak (\d+)/.exec(stderr) ?? [];
    if (status !== 0 || kibibytes === undefined)
      throw new Error(`${command} ended with ${status}: ${stderr}`);
    return Number(kibibytes) / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
