import { defineConfig } from 'vitest/config';

/** Tests of functions. */
const SHARED = ['test/unit/**/*.test.ts', 'test/golden/**/*.test.ts', 'test/property/**/*.test.ts'];
/** Those of them that load modules anew, or in another shape. */
const APART = ['test/unit/etcd-releases.test.ts', 'test/property/bundle/reproducible.test.ts'];
/** Tests with programs and processes. */
const OTHERS = ['test/{conformance,hosts,package,programs,robustness}/**/*.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['test/support/run-folder.ts'],
    setupFiles: ['test/support/seed.ts'],
    reporters: ['default', './test/support/not-run-reporter.ts'],
    // Host and program suites start real servers; two of them at once on two cores would only measure each other.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    coverage: { include: ['src/**'], reporter: ['text-summary', 'json-summary'], reportOnFailure: true },
    // Modules that one file has loaded serve the next, which saves a third of the time.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'functions', include: SHARED, exclude: APART } },
      { extends: true, test: { name: 'programs', include: OTHERS } },
      { extends: true, test: { name: 'apart', include: APART, isolate: true } },
    ],
  },
});
