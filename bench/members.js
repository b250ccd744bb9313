// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareWork, generate } from './command.js';
import { race, report } from './measure.js';
import { findPeers } from './peers.js';

const KEY = 'ecdsa-p256';
/** What etcd-bundle may take of cfssl's time, by number of members. @type {Readonly<Record<number, number>>} */
const LIMITS = { 3: 0.5, 7: 0.5, 50: 0.12 };

/**
 * One cluster: etcd-bundle, the tools that people use today, and the bare key work in one process of the same runtime.
 *
 * @param {readonly number[]} sizes @param {number} runs
 */
export function members(sizes, runs) {
  const peers = findPeers();
  for (const size of sizes) {
    const times = race(
      [
        { name: 'etcd-bundle', prepare: (folder) => generate(folder, size, KEY) },
        { name: 'bare key work', prepare: () => bareWork(4 * size + 1, KEY) },
        ...peers.map(({ name, script }) => ({
          name,
          prepare: (/** @type {string} */ folder) => {
            writeFileSync(join(folder, 'run.sh'), `set -e\n${script(size, folder)}\n`);
            return ['bash', join(folder, 'run.sh')];
          },
        })),
      ],
      size > 20 ? Math.min(runs, 3) : runs,
    );
    const limit = LIMITS[size];
    report(
      `${size} members, ${KEY}, median of cold runs`,
      times,
      limit === undefined ? {} : { cfssl: limit },
    );
  }
}
