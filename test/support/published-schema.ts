import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'vitest';

/**
 * Holds values against a published JSON Schema: each has to be of its shape, and to have no key that the schema does not name. A schema
 * leaves room for keys of later releases; a test that did as well would let an unnamed one through.
 */
export function expectPublished(name: string): (value: unknown) => void {
  const path = join(import.meta.dirname, '../../schema', `${name}.schema.json`);
  const schema: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const validate = new Ajv({ strict: true, allErrors: true }).compile(closed(schema));
  return (value) => {
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  };
}

function closed(node: unknown): object {
  if (typeof node !== 'object' || node === null) throw new Error('a schema is an object');
  const inner = Object.entries(node).map(([key, value]) => [key, close(value)]);
  const isMap = 'properties' in node && !('additionalProperties' in node);
  return { ...Object.fromEntries(inner), ...(isMap ? { additionalProperties: false } : {}) };
}

function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close);
  return typeof value === 'object' && value !== null ? closed(value) : value;
}
