import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderClusterSchema } from '../../../scripts/json-schema.js';
import { clusterDocument } from '../../../src/document/schema.js';
import { base } from '../../../src/presets/base.js';
import { presets } from '../../../src/presets/presets.js';

it('the committed JSON Schema is current', () => {
  const committed = readFileSync(new URL('../../../schema/cluster.schema.json', import.meta.url), 'utf8');
  expect(committed).toBe(
    renderClusterSchema(
      clusterDocument,
      base,
      Object.values(presets).map(({ document }) => document),
    ),
  );
});
