import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Manifest, readManifest } from '../../../src/index.js';
import { CLUSTER, makeFolder, runCli } from './fake-io.js';

/** A folder of this test with a document, and its bundle. */
export async function generated(document: string = CLUSTER): Promise<string> {
  const cwd = makeFolder({ 'cluster.yaml': document });
  const { stderr } = await runCli(['generate', 'cluster.yaml', '--out', 'bundle'], { cwd });
  expect(stderr).toBe('');
  return cwd;
}

export function manifestIn(cwd: string, folder = 'bundle'): Manifest {
  const manifest = readManifest(readFileSync(join(cwd, folder, 'bundle.json'), 'utf8'));
  if (manifest === undefined) throw new Error('no manifest');
  return manifest;
}
