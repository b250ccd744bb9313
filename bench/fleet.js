// @ts-check
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareWork } from './command.js';
import { runOnce } from './measure.js';

const worker = fileURLToPath(new URL('./fleet-process.js', import.meta.url));
const LIMIT = 1.3;
const MEMBERS = 3;
/** kubeadm's: one CA, three certificates a member and one for the apiserver. */
const KEYS = 1 + 4 * MEMBERS;

/**
 * A fleet: clusters of three members with a CA each, made by the library and written to disk. First in one process, for the memory it
 * takes, then shared by a process a core, for the time; beside the bare key work on one core.
 *
 * @param {number} clusters
 */
export async function fleet(clusters) {
  const bare = runOnce(() => bareWork(clusters * KEYS, 'ecdsa-p256')).milliseconds;
  const [alone] = await share(clusters, 1);
  const cores = Math.min(2, availableParallelism());
  const started = performance.now();
  await share(clusters, cores);
  const together = performance.now() - started;
  const ratio = together / bare;
  console.log(`\n${clusters} clusters of ${MEMBERS} members, ecdsa-p256, all on disk`);
  console.log(`  bare key work, one core      ${bare.toFixed(0).padStart(6)} ms`);
  console.log(`  one process                  ${alone?.milliseconds.toFixed(0).padStart(6)} ms`);
  console.log(
    `  ${cores} processes                  ${together.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2)} of the bare work, ${ratio <= LIMIT ? 'within' : 'ABOVE'} the limit of ${LIMIT}`,
  );
  console.log(`  memory of the one process, MiB at each tenth: ${alone?.memory.join(' ')}`);
}

/**
 * @param {number} clusters @param {number} processes
 * @returns {Promise<readonly {milliseconds: number, memory: readonly number[]}[]>}
 */
async function share(clusters, processes) {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-bench-'));
  try {
    const shares = Array.from({ length: processes }, (_, at) => Math.floor((clusters + at) / processes));
    return await Promise.all(shares.map((share, at) => makeShare(share, join(folder, `${at}`))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {number} clusters @param {string} folder @returns {Promise<{milliseconds: number, memory: readonly number[]}>} */
function makeShare(clusters, folder) {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const child = spawn(process.execPath, [worker, String(clusters), String(MEMBERS), folder], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(output)) : reject(new Error(`a share ended with ${code}`)),
    );
  });
}
