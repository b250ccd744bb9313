// @ts-check
import { toJsonSchema } from '@valibot/to-json-schema';

const CLUSTER = {
  title: 'etcd-bundle cluster',
  description: 'One description of an etcd cluster; see docs/document.md',
};

/**
 * A JSON Schema: of the document, for completion in editors, or of another shape that is published. What valibot checks by a function is
 * left to the command.
 *
 * @param {import('valibot').GenericSchema} schema
 * @param {{ title: string; description: string }} [head]
 * @returns {string}
 */
export function renderJsonSchema(schema, head = CLUSTER) {
  const { $schema, ...body } = toJsonSchema(schema, { errorMode: 'ignore' });
  return `${JSON.stringify({ $schema, ...head, ...body }, undefined, 2)}\n`;
}

/**
 * @param {import('valibot').GenericSchema} schema of `bundle.json`
 * @returns {string}
 */
export function renderBundleSchema(schema) {
  return renderJsonSchema(schema, {
    title: 'etcd-bundle bundle.json',
    description: 'The manifest of a bundle, format 2; see docs/bundle.md',
  });
}
