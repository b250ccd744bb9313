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
 * The schema of the document, with the default of every key that no preset changes.
 *
 * @param {import('valibot').GenericSchema} schema
 * @param {object} base what every preset starts from
 * @param {readonly object[]} documents of the presets
 * @returns {string}
 */
export function renderClusterSchema(schema, base, documents) {
  const body = JSON.parse(renderJsonSchema(schema));
  addDefaults(body, base, documents);
  return `${JSON.stringify(body, undefined, 2)}\n`;
}

/**
 * @param {{ properties?: Record<string, any>, default?: unknown }} node
 * @param {unknown} value
 * @param {readonly unknown[]} changes what lies over the value
 */
function addDefaults(node, value, changes) {
  const maps = changes.filter((change) => change !== undefined);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (maps.length === 0) node.default = value;
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const property = node.properties?.[key];
    if (property !== undefined)
      addDefaults(
        property,
        inner,
        maps.map((map) => Reflect.get(Object(map), key)),
      );
  }
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

/**
 * @param {import('valibot').GenericSchema} schema of what a command prints
 * @param {string} command its name
 * @returns {string}
 */
export function renderOutputSchema(schema, command) {
  return renderJsonSchema(schema, {
    title: `etcd-bundle ${command} --json`,
    description: `What etcd-bundle ${command} --json prints, format 1: what it found, or why it could not look`,
  });
}
