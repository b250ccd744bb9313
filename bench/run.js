// @ts-check
// Cold processes side by side, in turns, everything on disk. `node bench/run.js [start | members | rsa | fleet | memory | day-two …] [--runs N]
// [--sizes 3,7,50] [--clusters 1000]`. Limits are printed beside what they are held against; a busy machine is no place to judge them.
import { parseArgs } from 'node:util';
import { dayTwo } from './day-two.js';
import { fleet } from './fleet.js';
import { members } from './members.js';
import { memory } from './memory.js';
import { rsa } from './rsa.js';
import { start } from './start.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '7' },
    sizes: { type: 'string', default: '3,7,50' },
    clusters: { type: 'string', default: '1000' },
  },
});
const runs = Math.max(1, Number(values.runs));
const parts = {
  start: () => start(runs),
  members: () => members(values.sizes.split(',').map(Number), runs),
  rsa: () => rsa(runs),
  fleet: () => fleet(Number(values.clusters)),
  memory,
  'day-two': () => dayTwo(runs),
};
const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  throw new Error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
}
for (const [name, run] of Object.entries(parts)) {
  if (positionals.length === 0 || positionals.includes(name)) await run();
}
