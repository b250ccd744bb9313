// @ts-check
import { toJsonSchema } from '@valibot/to-json-schema';

/**
 * The JSON Schema of the document, for completion in editors. What valibot checks by a function is left to the command.
 *
 * @param {import('valibot').GenericSchema} schema
 * @returns {string}
 */
export function renderJsonSchema(schema) {
  const { $schema, ...body } = toJsonSchema(schema, { errorMode: 'ignore' });
  const document = {
    $schema,
    title: 'etcd-bundle cluster',
    description: 'One description of an etcd cluster; see docs/document.md',
    ...body,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
