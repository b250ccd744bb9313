// @ts-check
// Cold processes side by side, in turns, everything on disk: etcd-bundle, the tools that people use today, and the bare key
// generations and signatures in one process of the same runtime. `node bench/run.js [members …] [--runs N] [--key rsa-2048]`
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { address, findPeers } from './peers.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '7' }, key: { type: 'string', default: 'ecdsa-p256' } },
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [3, 7, 50];
const bin = fileURLToPath(new URL('../dist/bin/etcd-bundle.js', import.meta.url));
const bare = fileURLToPath(new URL('./bare.js', import.meta.url));

// Node 20 reads NODE_EXTRA_CA_CERTS at every start: 46 ms that have nothing to do with us.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/** @param {string} folder @param {number} members */
function ours(folder, members) {
  const document = {
    preset: 'kubeadm',
    members: Array.from({ length: members }, (_item, index) => ({
      name: `e${index + 1}`,
      address: address(index),
    })),
    certificates: { key: values.key },
  };
  const path = join(folder, 'cluster.yaml');
  writeFileSync(path, JSON.stringify(document));
  return [process.execPath, bin, 'generate', path, '--out', join(folder, 'out')];
}

/** @param {(folder: string) => readonly string[]} prepare */
function measure(prepare) {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-bench-'));
  try {
    const [command = '', ...args] = prepare(folder);
    const started = process.hrtime.bigint();
    const { status, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
    const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
    return milliseconds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const peers = values.key === 'ecdsa-p256' ? findPeers() : [];
for (const members of sizes) {
  const runs = Math.max(3, Math.min(Number(values.runs), members > 20 ? 3 : Number.POSITIVE_INFINITY));
  /** @type {{name: string, prepare: (folder: string) => readonly string[]}[]} */
  const contestants = [
    { name: 'etcd-bundle', prepare: (folder) => ours(folder, members) },
    { name: 'bare key work', prepare: () => [process.execPath, bare, String(members), values.key] },
    ...peers.map(({ name, script }) => ({
      name,
      prepare: (/** @type {string} */ folder) => {
        writeFileSync(join(folder, 'run.sh'), `set -e\n${script(members, folder)}\n`);
        return ['bash', join(folder, 'run.sh')];
      },
    })),
  ];
  const times = new Map(contestants.map(({ name }) => [name, /** @type {number[]} */ ([])]));
  for (let run = 0; run <= runs; run += 1) {
    for (const { name, prepare } of contestants) {
      const milliseconds = measure(prepare);
      if (run > 0) times.get(name)?.push(milliseconds);
    }
  }
  const own = median(times.get('etcd-bundle') ?? []);
  console.log(`\n${members} members, ${values.key}, median of ${runs} cold runs after a warm-up`);
  for (const [name, measured] of times) {
    const middle = median(measured);
    const spread = `${Math.min(...measured).toFixed(0)}–${Math.max(...measured).toFixed(0)}`;
    console.log(
      `  ${name.padEnd(14)} ${middle.toFixed(0).padStart(6)} ms  (${spread})  etcd-bundle takes ${(own / middle).toFixed(2)} of it`,
    );
  }
}
