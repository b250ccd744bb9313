import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderJsonSchema } from '../../../scripts/json-schema.js';
import { clusterDocument } from '../../../src/document/schema.js';

it('the committed JSON Schema is current', () => {
  const committed = readFileSync(new URL('../../../schema/cluster.schema.json', import.meta.url), 'utf8');
  expect(committed).toBe(renderJsonSchema(clusterDocument));
});
