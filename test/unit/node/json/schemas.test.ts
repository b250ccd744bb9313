import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderOutputSchema } from '../../../../scripts/json-schema.js';
import { expiryJson } from '../../../../src/node/json/expiry.js';
import { inspectionJson } from '../../../../src/node/json/inspection.js';
import { updateJson } from '../../../../src/node/json/update.js';
import { verificationJson } from '../../../../src/node/json/verification.js';

it.each([
  ['expiry', expiryJson],
  ['inspect', inspectionJson],
  ['verify', verificationJson],
  ['update', updateJson],
] as const)('the published schema of %s --json is current', (name, schema) => {
  const path = new URL(`../../../../schema/${name}.schema.json`, import.meta.url);
  expect(readFileSync(path, 'utf8')).toBe(renderOutputSchema(schema, name));
});
