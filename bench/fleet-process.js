// @ts-check
// Makes clusters one after the other and prints milliseconds and the resident memory at each tenth of them.
// `node bench/fleet-process.js <clusters> <members> <folder>`
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseClusterSpec } from '../dist/index.js';
import { generateBundle, nodeCryptoProvider, writeOutput } from '../dist/node/index.js';
import { address } from './command.js';

const [clusters = 1, members = 3] = process.argv.slice(2, 4).map(Number);
const [, , , , folder = '.'] = process.argv;
const crypto = nodeCryptoProvider();
const now = Math.floor(Date.now() / 1000);
const started = performance.now();
const memory = [];
mkdirSync(folder);
for (let cluster = 0; cluster < clusters; cluster += 1) {
  const document = {
    preset: 'kubeadm',
    cluster: { name: `c${cluster}` },
    members: Array.from({ length: members }, (_, index) => ({
      name: `e${index + 1}`,
      address: address(cluster * members + index),
    })),
    certificates: { key: 'ecdsa-p256' },
  };
  const options = { crypto, now, document: JSON.stringify(document) };
  await writeOutput(join(folder, `c${cluster}`), generateBundle(parseClusterSpec(document), options));
  if ((cluster + 1) % Math.max(1, Math.floor(clusters / 10)) === 0) {
    memory.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
  }
}
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - started, memory }));
