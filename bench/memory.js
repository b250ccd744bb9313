// @ts-check
import { generate } from './command.js';
import { medianUsages } from './usage.js';

const SIZES = /** @type {const} */ ([50, 500]);
const RUNS = 3;
const LIMIT = 1.3;

/** Peak resident memory of the whole command: a large cluster beside a small one. */
export function memory() {
  const [small, large] = medianUsages(
    SIZES.map((size) => (folder) => generate(folder, size, 'ecdsa-p256')),
    RUNS,
  ).map(({ peak }) => peak);
  const ratio = (large ?? Number.NaN) / (small ?? Number.NaN);
  console.log(`\npeak memory, ecdsa-p256, median of ${RUNS} runs`);
  console.log(`  ${SIZES[0]} members  ${small?.toFixed(0).padStart(6)} MiB`);
  console.log(
    `  ${SIZES[1]} members ${large?.toFixed(0).padStart(6)} MiB  ${ratio.toFixed(2)} of it, ${ratio <= LIMIT ? 'within' : 'ABOVE'} the limit of ${LIMIT}`,
  );
}
