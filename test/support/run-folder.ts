import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Absolute path of an empty folder that lives as long as this run of the tests, for what is made once in it. */
    readonly runFolder: string;
  }
}

let folder: string | undefined;

/** Outside the project: nothing there may find the project's own node_modules. */
export function setup({ provide }: TestProject): void {
  folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-run-'));
  // As a package is installed: anybody may run it.
  chmodSync(folder, 0o755);
  provide('runFolder', folder);
}

export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
