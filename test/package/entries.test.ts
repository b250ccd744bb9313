import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeWithPrograms } from '../programs/describe.js';
import { projectFolder, readManifest } from './installed/dependencies.js';
import { type InstalledPackage, installedPackage } from './installed/installed.js';
import { unconfigured } from './installed/npm.js';

const entries = ['etcd-bundle', 'etcd-bundle/node', 'etcd-bundle/report', 'etcd-bundle/verify'] as const;

/** One page for each entry: what require() and import() give, and whether they are the same things. */
const loadBoth = `
const entries = ${JSON.stringify(entries)};
const required = entries.map((entry) => require(entry));
Promise.all(entries.map((entry) => import(entry))).then((imported) => {
  const names = imported.map((module) => Object.keys(module).sort());
  const same = imported.map((module, at) => Object.keys(module).every((name) => module[name] === required[at][name]));
  const schema = require('etcd-bundle/schema/cluster.schema.json').$schema;
  const { version } = require('etcd-bundle/package.json');
  const refused = ['etcd-bundle/dist/index.js', 'etcd-bundle/src/index.ts', 'etcd-bundle/cli', 'etcd-bundle/x509'].map((path) => {
    try { require(path); return path; } catch (error) { return error.code; }
  });
  console.log(JSON.stringify({ node: process.versions.node, names, same, schema, version, refused }));
});
`;

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await installedPackage();
});

function load(node: string, script: string): unknown {
  return JSON.parse(
    execFileSync(node, [script], {
      encoding: 'utf8',
      env: unconfigured(process.env),
      cwd: installed.consumer,
    }),
  );
}

async function expectBoth(node: string, version: string): Promise<void> {
  const script = join(installed.consumer, `load-${version}.cjs`);
  writeFileSync(script, loadBoth);
  const sources = [
    import('../../src/index.js'),
    import('../../src/node/index.js'),
    import('../../src/report/index.js'),
    import('../../src/verify/index.js'),
  ];
  expect(load(node, script)).toEqual({
    node: version,
    names: (await Promise.all(sources)).map((source) => Object.keys(source).toSorted()),
    same: [true, true, true, true],
    schema: 'http://json-schema.org/draft-07/schema#',
    version: readManifest(projectFolder).version,
    refused: Array.from({ length: 4 }, () => 'ERR_PACKAGE_PATH_NOT_EXPORTED'),
  });
}

describe('every entry of the installed package', () => {
  it('is imported and required, with the names of its source and nothing else', async () => {
    await expectBoth(process.execPath, process.versions.node);
  });
});

describeWithPrograms(
  ['node-20', 'node-22', 'node-24'],
  'every entry of the installed package elsewhere',
  (program) => {
    it.each(['node-20', 'node-22', 'node-24'] as const)('is imported and required on %s', async (name) => {
      const { path, version } = program(name);
      await expectBoth(path, version);
    });
  },
);
