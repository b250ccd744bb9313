import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/package/installed/run-folder.ts'],
    reporters: ['default', './test/support/not-run-reporter.ts'],
    // Host and program suites start real servers; two of them at once on two cores would only measure each other.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    coverage: { include: ['src/**'], reporter: ['text-summary', 'json-summary'], reportOnFailure: true },
  },
});
