import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onceInARun } from '../../support/once-in-a-run.js';
import { npm } from './npm.js';
import { packProject } from './pack.js';
import { startRegistry } from './registry.js';

/** The package as a user has it. Absolute paths; nobody but this run knows them, and nobody changes what lies there. */
export interface InstalledPackage {
  /** etcd-bundle-<version>.tgz */
  readonly tarball: string;
  /** The user's folder, in which `npm install etcd-bundle` was run: package.json and node_modules. */
  readonly consumer: string;
  /** node_modules/etcd-bundle in it. */
  readonly folder: string;
}

/** Packs the project and installs the tarball, once in a run of the tests. */
export async function installedPackage(): Promise<InstalledPackage> {
  const folder = await onceInARun('package', install);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('there is no tarball');
  const consumer = join(folder, 'consumer');
  return { tarball: join(folder, tarball), consumer, folder: join(consumer, 'node_modules', 'etcd-bundle') };
}

async function install(folder: string): Promise<void> {
  const tarball = await packProject(folder);
  const consumer = join(folder, 'consumer');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n');
  const registry = await startRegistry(readFileSync(tarball));
  try {
    await npm(['install', 'etcd-bundle'], {
      cwd: consumer,
      cache: join(folder, 'home'),
      registry: registry.url,
    });
  } finally {
    await registry.close();
  }
}
