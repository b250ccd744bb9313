// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate, program } from './command.js';
import { race, report } from './measure.js';

/**
 * The cold start: what the command takes beside a script that does nothing, and beside the same runtime without its cache of
 * compiled code.
 *
 * @param {number} runs
 */
export function start(runs) {
  /** @type {(first: import('./measure.js').Contestant) => import('./measure.js').Contestant[]} */
  const besideEmpty = (first) => [
    first,
    {
      name: 'empty script',
      prepare: (folder) => {
        const script = join(folder, 'empty.cjs');
        writeFileSync(script, '');
        return [process.execPath, script];
      },
    },
  ];
  const version = besideEmpty({ name: '--version', prepare: () => [process.execPath, program, '--version'] });
  report('Cold start: --version', race(version, runs));
  const cached = besideEmpty({
    name: 'generate, 3 members',
    prepare: (folder) => generate(folder, 3, 'ecdsa-p256'),
  });
  const uncached = {
    name: 'without compiled code',
    prepare: (/** @type {string} */ folder) => [
      'env',
      'NODE_DISABLE_COMPILE_CACHE=1',
      ...generate(folder, 3, 'ecdsa-p256'),
    ],
  };
  report('Cold start: a whole bundle', race([...cached, uncached], runs));
}
