import { vi } from 'vitest';
import { chosen } from './folders.js';

// One seed, so that a mutant lives or dies the same way in every run; few runs, since each of thousands of mutants waits for them.
// A counterexample kills the mutant, and nobody reads it: it is not shrunk.
const SEED = 20_261_121;
const { runs } = chosen();

vi.mock(import('fast-check'), async (importOriginal) => {
  const original = await importOriginal();
  const assert = (property, parameters) =>
    original.assert(property, {
      ...parameters,
      seed: SEED,
      numRuns: Math.min(parameters?.numRuns ?? runs, runs),
      endOnFailure: true,
    });
  return { ...original, default: { ...original.default, assert }, assert };
});
