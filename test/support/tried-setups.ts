import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** The row of test/README.md that says how many setups of a kind were tried has to be right. */
export function expectTried(kind: string, count: number): void {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  expect(readme).toContain(`\n| ${kind} | ${count} | ${count} |\n`);
}
