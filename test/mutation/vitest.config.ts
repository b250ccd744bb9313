import { statSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { chosen } from './folders.js';

/** The first failure ends a run, so what is quick comes first: unit tests, then properties, which generate keys. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const weight = ({ moduleId }: TestSpecification): number =>
      statSync(moduleId).size * (moduleId.includes('/test/property/') ? 1000 : 1);
    return [...files].sort((a, b) => weight(a) - weight(b));
  }
}

export default defineConfig({
  root: `${import.meta.dirname}/../..`,
  test: {
    include: chosen().tests.map((tests) => (tests.endsWith('.ts') ? tests : `${tests}/**/*.test.ts`)),
    setupFiles: ['test/mutation/bounded-properties.js'],
    sequence: { sequencer: QuickestFirst },
    testTimeout: 60_000,
  },
});
