// @ts-check
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const LONGEST_MILLISECONDS = 10_000;
/** As many at once as the smallest machine has cores. */
const AT_ONCE = 2;

/**
 * All that a program prints until it has said what it is asked for, or ends. It runs in a folder of its own, and never longer than
 * the call.
 *
 * @param {string} path
 * @param {readonly string[]} words `@DIR` is the folder
 * @param {{ readonly environment?: Readonly<Record<string, string>>, readonly file?: string, readonly until?: RegExp, readonly meanwhile?: (output: string) => Promise<void> }} [input]
 * the file becomes `@DIR/etcd.yaml`; `meanwhile` is done between what it is asked for and its end
 * @returns {Promise<string>}
 */
export async function ask(path, words, { environment = {}, file, until, meanwhile = async () => {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-releases-'));
  const inFolder = (/** @type {string} */ text) => text.replaceAll('@DIR', folder);
  if (file !== undefined) writeFileSync(join(folder, 'etcd.yaml'), inFolder(file));
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(path, words.map(inFolder), {
        cwd: folder,
        env: { PATH: process.env['PATH'], ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const stop = () => child.kill('SIGKILL');
      const deadline = setTimeout(stop, LONGEST_MILLISECONDS);
      let output = '';
      let isHeard = false;
      const hear = (/** @type {Buffer} */ chunk) => {
        output += chunk.toString();
        if (isHeard || until?.test(output) !== true) return;
        isHeard = true;
        meanwhile(output).catch(reject).finally(stop);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.on('error', reject);
      child.on('close', () => {
        clearTimeout(deadline);
        resolve(output);
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The items that a question is answered with yes for.
 *
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<boolean>} question
 * @returns {Promise<readonly Item[]>}
 */
export async function filterByAsking(items, question) {
  /** @type {boolean[]} */
  const answers = [];
  for (let index = 0; index < items.length; index += AT_ONCE)
    answers.push(...(await Promise.all(items.slice(index, index + AT_ONCE).map(question))));
  return items.filter((_, index) => answers[index]);
}

/**
 * What one list has and the other has not, in words.
 *
 * @param {string} what
 * @param {readonly string[]} table
 * @param {readonly string[]} program
 * @returns {readonly string[]}
 */
export function differences(what, table, program) {
  return [
    ...program.filter((item) => !table.includes(item)).map((item) => `${what} ${item}: not in the table`),
    ...table.filter((item) => !program.includes(item)).map((item) => `${what} ${item}: in the table alone`),
  ];
}
