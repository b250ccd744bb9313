// @ts-check
import { availableParallelism } from 'node:os';
import { bareWork, generate } from './command.js';
import { race, report } from './measure.js';

const MEMBERS = 25;
const KEY = 'rsa-2048';
const LIMIT = 1.1;

/**
 * RSA keys: the whole command beside nothing but the key generations, spread over all cores. How long a prime takes to be found is
 * chance, so it is a hundred keys a run.
 *
 * @param {number} runs
 */
export function rsa(runs) {
  const threads = Math.min(4, availableParallelism());
  const name = `bare key work, ${threads} threads`;
  const times = race(
    [
      { name: 'etcd-bundle', prepare: (folder) => generate(folder, MEMBERS, KEY) },
      { name, prepare: () => bareWork(4 * MEMBERS + 1, KEY, threads) },
    ],
    Math.min(runs, 5),
  );
  report(`${MEMBERS} members, ${KEY}, median of cold runs`, times, { [name]: LIMIT });
}
