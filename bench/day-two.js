// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, program } from './command.js';
import { medianUsages } from './usage.js';

const KEY = 'ecdsa-p256';
const SIZES = [3, 50, 500];
const RENEWAL_LIMIT = 1;
const PLANNED = 500;
const PLAN_LIMIT = 1000;

/**
 * What is done to a bundle that is there, beside making it: new pairs for all, and a plan of one more SAN.
 *
 * @param {number} runs
 */
export function dayTwo(runs) {
  for (const size of SIZES) {
    const [renewal, generation] = medianUsages(
      [
        (folder) => [process.execPath, program, 'renew', bundle(folder, size), '--all'],
        (folder) => generate(folder, size, KEY),
      ],
      size > 20 ? Math.min(runs, 3) : runs,
    );
    if (renewal === undefined || generation === undefined) continue;
    console.log(`\nrenew --all of ${size} members beside generate, ${KEY}, medians of cold runs`);
    row('wall', renewal.milliseconds, generation.milliseconds);
    row('CPU', renewal.cpu, generation.cpu);
  }
  const [plan] = medianUsages([(folder) => planOneChange(folder)], Math.min(runs, 3));
  if (plan === undefined) return;
  const { milliseconds, cpu } = plan;
  console.log(`\nplan of one more SAN for one of ${PLANNED} members`);
  console.log(
    `  wall ${milliseconds.toFixed(0).padStart(6)} ms  ${milliseconds <= PLAN_LIMIT ? 'within' : 'ABOVE'} the limit of ${PLAN_LIMIT}`,
  );
  console.log(`  CPU  ${cpu.toFixed(0).padStart(6)} ms`);
}

/** @param {string} what @param {number} renewal @param {number} generation */
function row(what, renewal, generation) {
  const ratio = renewal / generation;
  console.log(
    `  ${what.padEnd(4)} ${renewal.toFixed(0).padStart(6)} ms of ${generation.toFixed(0).padStart(6)} ms  ${ratio.toFixed(2)} of it, ${ratio <= RENEWAL_LIMIT ? 'within' : 'ABOVE'} the limit of ${RENEWAL_LIMIT}`,
  );
}

/** @param {string} folder @param {number} members */
function bundle(folder, members) {
  const [command = '', ...args] = generate(folder, members, KEY);
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`generate ended with ${status}: ${stderr}`);
  return join(folder, 'out');
}

/** @param {string} folder */
function planOneChange(folder) {
  const out = bundle(folder, PLANNED);
  const path = join(folder, 'cluster.yaml');
  const document = JSON.parse(readFileSync(path, 'utf8'));
  document.members[0].altNames = ['etcd.example'];
  writeFileSync(path, JSON.stringify(document));
  return [process.execPath, program, 'plan', out, path];
}
