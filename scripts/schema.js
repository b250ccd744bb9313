// @ts-check
// Writes the JSON Schemas of schema/ from the schemas in the source; with --check it only says whether the files are current.
import { readFileSync, writeFileSync } from 'node:fs';
import { manifest } from '../dist/bundle/manifest/schema.js';
import { clusterDocument } from '../dist/document/schema.js';
import { expiryJson } from '../dist/node/json/expiry.js';
import { inspectionJson } from '../dist/node/json/inspection.js';
import { updateJson } from '../dist/node/json/update.js';
import { verificationJson } from '../dist/node/json/verification.js';
import { base } from '../dist/presets/base.js';
import { presets } from '../dist/presets/presets.js';
import { renderBundleSchema, renderClusterSchema, renderOutputSchema } from './json-schema.js';

const texts = new Map([
  [
    'schema/cluster.schema.json',
    renderClusterSchema(
      clusterDocument,
      base,
      Object.values(presets).map(({ document }) => document),
    ),
  ],
  ['schema/bundle.schema.json', renderBundleSchema(manifest)],
  ['schema/expiry.schema.json', renderOutputSchema(expiryJson, 'expiry')],
  ['schema/inspect.schema.json', renderOutputSchema(inspectionJson, 'inspect')],
  ['schema/verify.schema.json', renderOutputSchema(verificationJson, 'verify')],
  ['schema/update.schema.json', renderOutputSchema(updateJson, 'update')],
]);
for (const [name, text] of texts) {
  const path = new URL(`../${name}`, import.meta.url);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
  } else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${name} is not current: npm run schema`);
    process.exitCode = 1;
  }
}
