import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderOutputSchema } from '../../../../scripts/json-schema.js';
import { expiryJson } from '../../../../src/node/json/expiry.js';

it.each([['expiry', expiryJson]] as const)('the published schema of %s --json is current', (name, schema) => {
  const path = new URL(`../../../../schema/${name}.schema.json`, import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(renderOutputSchema(schema, name));
});
