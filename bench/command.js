// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the built program. */
export const program = fileURLToPath(new URL('../dist/bin/etcd-bundle.js', import.meta.url));
const bare = fileURLToPath(new URL('./bare.js', import.meta.url));

const HOSTS_IN_NET = 254;

/** An address for each of 16 million hosts. @param {number} index */
export function address(index) {
  const net = Math.floor(index / HOSTS_IN_NET);
  return `10.${net >> 8}.${net & 255}.${(index % HOSTS_IN_NET) + 1}`;
}

/**
 * The whole command for a cluster with kubeadm's certificates: one CA and four certificates a member.
 *
 * @param {string} folder @param {number} members @param {string} key
 */
export function generate(folder, members, key) {
  const document = {
    preset: 'kubeadm',
    members: Array.from({ length: members }, (_, index) => ({
      name: `e${index + 1}`,
      address: address(index),
    })),
    certificates: { key },
  };
  const path = join(folder, 'cluster.yaml');
  writeFileSync(path, JSON.stringify(document));
  return [process.execPath, program, 'generate', path, '--out', join(folder, 'out')];
}

/**
 * Bare key generations and signatures, and nothing else.
 *
 * @param {number} keys @param {string} key @param {number} [threads]
 */
export function bareWork(keys, key, threads = 1) {
  return [process.execPath, bare, String(keys), key, String(threads)];
}
