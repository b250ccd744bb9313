import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type ClusterSpec,
  type FilePlan,
  issuePki,
  planCertificates,
  renderBundles,
} from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import type { Program } from '../../programs/programs.js';
import { put } from '../../support/put-files.js';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-kubeadm-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What kubeadm prints on its standard output; throws with what it said where it fails. */
export function kubeadm(program: Program, args: readonly string[]): string {
  // Proxies of this machine would become the pod's environment.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name)));
  return execFileSync(program.path, args, { encoding: 'utf8', env, stdio: 'pipe' });
}

/** The static pod that kubeadm makes of a document, with a folder of its own for the machine's root. */
export function staticPodOf(program: Program, config: string): string {
  const root = temporaryFolder();
  put(join(root, 'kubeadmcfg.yaml'), config);
  kubeadm(program, [
    'init',
    'phase',
    'etcd',
    'local',
    '--dry-run',
    '--rootfs',
    root,
    '--config',
    '/kubeadmcfg.yaml',
  ]);
  const folder = join(root, 'etc/kubernetes/tmp');
  const [run = ''] = readdirSync(folder);
  return readFileSync(join(folder, run, 'etcd.yaml'), 'utf8');
}

/** The files of each bundle, by its name, with fresh keys. */
export async function bundleFiles(spec: ClusterSpec): Promise<ReadonlyMap<string, readonly FilePlan[]>> {
  const now = Math.floor(Date.now() / 1000);
  const pki = await issuePki(spec, planCertificates(spec), { crypto: nodeCryptoProvider(), now });
  return new Map([...renderBundles(spec, pki)].map(({ name, files }) => [name, files]));
}
