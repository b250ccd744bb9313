import { chosen } from './folders.js';

const { name, mutate, lowestScore, ignoreStatic = false } = chosen();
const stryker = `${process.env['ETCD_BUNDLE_STRYKER']}/node_modules/@stryker-mutator`;
const results = process.env['ETCD_BUNDLE_RESULTS'];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate,
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  ignoreStatic,
  plugins: [`${stryker}/vitest-runner/dist/src/index.js`, `${import.meta.dirname}/ignore-wording.js`],
  ignorers: ['wording'],
  ignorePatterns: ['dist', 'bench', 'docs', 'test/golden', 'test/hosts', 'test/programs'],
  // The sandbox is a copy of the whole project, so that no path in a tsconfig needs to be rewritten.
  tsconfigFile: 'none.json',
  tempDirName: process.env['ETCD_BUNDLE_SANDBOX'],
  concurrency: Number(process.env['ETCD_BUNDLE_MUTATION_WORKERS'] ?? 1),
  // A busy machine must not kill a mutant.
  timeoutMS: 10_000,
  incremental: true,
  incrementalFile: `${results}/${name}.incremental.json`,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: `${results}/${name}.json` },
  clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
  thresholds: { high: 95, low: lowestScore, break: lowestScore },
};
