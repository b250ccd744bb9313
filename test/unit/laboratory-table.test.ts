import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withLaboratoryTable } from '../hosts/laboratory/table.js';

const README = join(import.meta.dirname, '../README.md');

// `npx vitest run test/unit/laboratory-table.test.ts -u` writes the table anew.
it('is in test/README.md as the cases of the laboratory have it', async () => {
  await expect(withLaboratoryTable(readFileSync(README, 'utf8'))).toMatchFileSnapshot(README);
});
