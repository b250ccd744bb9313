// @ts-check
// Writes schema/cluster.schema.json from the document's schema; with --check it only says whether the file is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { clusterDocument } from '../dist/document/schema.js';
import { renderJsonSchema } from './json-schema.js';

const path = new URL('../schema/cluster.schema.json', import.meta.url);
const text = renderJsonSchema(clusterDocument);
if (!process.argv.includes('--check')) {
  writeFileSync(path, text);
} else if (readFileSync(path, 'utf8') !== text) {
  console.error('schema/cluster.schema.json is not current: npm run schema');
  process.exitCode = 1;
}
