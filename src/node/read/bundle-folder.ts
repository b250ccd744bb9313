import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../bundle/manifest/manifest.js';
import type { BundleFolder, ListedSum } from '../../host/bundle-folder.js';
import type { HostRoot } from '../../host/host-root.js';
import { entryNameFault } from '../../text/entry-name.js';
import type { Finding } from '../../verify/finding.js';
import { sha256Of } from '../sha256.js';
import { MANIFEST_NAME } from './bundle.js';
import { readBundleFile } from './bundle-file.js';
import { generationRoot, isWhole } from './generation-root.js';
import { readHostTarball, type TarballBudget } from './host-tarball.js';
import { unreadable, type VerifyInput } from './input.js';
import { MAX_TARBALL_BYTES } from './read-bytes.js';
import { readSumsFile, SUMS_NAME } from './sums-file.js';
import { tarballNameFault } from './tarball-name.js';

const SUM = /^([0-9a-f]{64}) [ *](.+)$/;

/**
 * Reads a bundle: the tarballs that its manifest lists, the sums beside them, and who may read what.
 *
 * @internal
 */
export async function readBundleFolder(
  folder: string,
  manifest: Manifest,
  budget: TarballBudget,
): Promise<VerifyInput> {
  const findings: Finding[] = [];
  const tarballDigests = new Map<string, string>();
  // What cannot be read is reported once: neither its sum nor its files are checked.
  const broken = new Set<string>();
  const tarballs = manifest.hosts.flatMap((host) =>
    host.tarball === undefined ? [] : [{ host, name: host.name, path: host.tarball.path }],
  );
  const read = new Map<string, HostRoot>();
  const seen = new Set<string>();
  for (const { host, name, path } of tarballs) {
    // Every host has a tarball of its own.
    if (seen.has(path)) {
      findings.push(unreadable('', MANIFEST_NAME, `It lists ${JSON.stringify(path.slice(0, 256))} twice.`));
      continue;
    }
    seen.add(path);
    const fault = tarballNameFault(path);
    if (fault !== undefined) {
      const message = `A tarball's name there ${fault}: ${JSON.stringify(path.slice(0, 256))}.`;
      findings.push(unreadable('', MANIFEST_NAME, message));
      continue;
    }
    const bytes = await readBundleFile(folder, path, MAX_TARBALL_BYTES);
    if (bytes === undefined) continue;
    if (typeof bytes === 'string') {
      findings.push(unreadable(name, path, bytes));
      broken.add(path);
      continue;
    }
    const { root, isComplete, findings: found } = await readHostTarball(bytes, name, path, budget);
    for (const finding of found) findings.push(finding);
    if (!isComplete) {
      broken.add(path);
      continue;
    }
    tarballDigests.set(path, sha256Of(bytes));
    read.set(name, isWhole(host) ? root : generationRoot(manifest, host, root));
  }
  const listed = await readSums(folder);
  if (listed.fault !== undefined) findings.push(unreadable('', SUMS_NAME, listed.fault));
  const sums = listed.sums.filter(({ path }) => !broken.has(path));
  const paths = tarballs.map(({ path }) => path).filter((path) => tarballNameFault(path) === undefined);
  return {
    roots: manifest.hosts.flatMap(
      (host) => read.get(host.name) ?? (host.tarball === undefined ? generationRoot(manifest, host) : []),
    ),
    manifest: {
      ...manifest,
      hosts: manifest.hosts.filter(({ tarball }) => !broken.has(tarball?.path ?? '')),
    },
    tarballDigests,
    folder: { sums, modes: await readModes(folder, paths) },
    findings,
  };
}

/** The lines of SHA256SUMS, and what the files really have. */
async function readSums(
  folder: string,
): Promise<{ readonly sums: readonly ListedSum[]; readonly fault: string | undefined }> {
  const { lines, fault } = await readSumsFile(folder);
  const sums: ListedSum[] = [];
  // A name that comes twice is read once.
  const digests = new Map<string, string | undefined>();
  for (const line of lines) {
    const [, sha256, path] = SUM.exec(line) ?? [];
    if (sha256 === undefined || path === undefined || entryNameFault(path) !== undefined) continue;
    if (!digests.has(path)) digests.set(path, await digestOf(folder, path));
    const actual = digests.get(path);
    sums.push({ path, sha256, ...(actual === undefined ? {} : { actual }) });
  }
  return { sums, fault };
}

async function digestOf(folder: string, path: string): Promise<string | undefined> {
  const content = await readBundleFile(folder, path, MAX_TARBALL_BYTES);
  return content === undefined || typeof content === 'string' ? undefined : sha256Of(content);
}

/** Of links and on Windows nothing is known. */
async function readModes(folder: string, tarballs: readonly string[]): Promise<BundleFolder['modes']> {
  const modes = new Map<string, number>();
  if (process.platform === 'win32') return modes;
  const authorities = join(folder, 'ca');
  const isFolder = await lstat(authorities).then(
    (status) => status.isDirectory(),
    () => false,
  );
  const names = isFolder ? await readdir(authorities).catch(() => []) : [];
  for (const path of [...tarballs, 'ca', ...names.map((name) => `ca/${name}`)]) {
    const status = await lstat(join(folder, path)).catch(() => undefined);
    if (status !== undefined && !status.isSymbolicLink()) modes.set(path, status.mode & 0o7777);
  }
  return modes;
}
