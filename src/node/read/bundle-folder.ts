import { createHash } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../bundle/manifest.js';
import { readManifest } from '../../bundle/read-manifest.js';
import type { HostRoot } from '../../host/host-root.js';
import type { Finding } from '../../verify/finding.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { entryNameFault } from './entry-name.js';
import { readHostTarball } from './host-tarball.js';
import { unreadable, type VerifyInput } from './input.js';
import { readLimited } from './read-limited.js';

const MAX_MANIFEST_BYTES = 64 * 2 ** 20;
const MAX_TARBALL_BYTES = 512 * 2 ** 20;
const SUM = /^([0-9a-f]{64}) [ *](.+)$/;

/**
 * Reads a bundle: its manifest, the tarballs that it lists, and the sums beside them.
 *
 * @param manifestBytes - of `bundle.json`
 * @internal
 */
export async function readBundleFolder(folder: string, manifestBytes: Uint8Array): Promise<VerifyInput> {
  const manifest = readManifest(new TextDecoder().decode(manifestBytes));
  const findings: Finding[] = [];
  if (manifest === undefined) {
    findings.push(unreadable('', 'bundle.json', 'It is not the manifest of a bundle.'));
    return { roots: [], findings };
  }
  const roots: HostRoot[] = [];
  const tarballDigests = new Map<string, string>();
  // What cannot be read is reported once: neither its sum nor its files are checked.
  const broken = new Set<string>();
  for (const { path } of manifest.tarballs) {
    const fault = path.includes('/') ? 'has a "/"' : entryNameFault(path);
    if (fault !== undefined) {
      findings.push(
        unreadable(
          '',
          'bundle.json',
          `A tarball's name there ${fault}: ${JSON.stringify(path.slice(0, 256))}.`,
        ),
      );
      continue;
    }
    const bytes = await readBytes(join(folder, path), MAX_TARBALL_BYTES);
    if (bytes === undefined) continue;
    const { root, isComplete, findings: found } = await readHostTarball(bytes, rootName(path), path);
    findings.push(...found);
    if (!isComplete) {
      broken.add(path);
      continue;
    }
    tarballDigests.set(path, digest(bytes));
    roots.push(root);
  }
  return {
    roots,
    manifest: { ...manifest, tarballs: manifest.tarballs.filter(({ path }) => !broken.has(path)) },
    tarballDigests,
    findings: [
      ...findings,
      ...(await checkSums(folder)).filter(({ path }) => !broken.has(path)),
      ...(await checkAuthorities(folder)),
      ...(await checkModes(folder, manifest)),
    ],
  };
}

/**
 * A tarball's name without its suffixes.
 *
 * @internal
 */
export function rootName(path: string): string {
  return path.replace(/\.(?:tar\.gz|tgz|tar)$/, '');
}

/** @internal */
export async function readBytes(path: string, limit: number): Promise<Uint8Array | undefined> {
  try {
    return await readLimited(path, limit);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'EISDIR') return undefined;
    throw describeSystemError(error, 'read it');
  }
}

/** What `sha256sum -c SHA256SUMS` would say. */
async function checkSums(folder: string): Promise<readonly Finding[]> {
  const bytes = await readBytes(join(folder, 'SHA256SUMS'), MAX_MANIFEST_BYTES);
  const findings: Finding[] = [];
  for (const line of new TextDecoder().decode(bytes ?? new Uint8Array()).split('\n')) {
    const [, sum, path] = SUM.exec(line) ?? [];
    if (sum === undefined || path === undefined || entryNameFault(path) !== undefined) continue;
    const content = await readBytes(join(folder, path), MAX_TARBALL_BYTES);
    if (content !== undefined && digest(content) === sum) continue;
    findings.push({
      rule: 'checksums',
      level: 'error',
      member: '',
      path,
      message:
        content === undefined
          ? 'SHA256SUMS lists a file that is not here.'
          : 'The file is not the one that SHA256SUMS lists.',
      cure: 'Get it from where the bundle was made, or make it again.',
      etcdSays: '',
      source: 'SHA256SUMS; sha256sum(1)',
    });
  }
  return findings;
}

/** The authorities' keys beside the tarballs are the operator's alone. */
async function checkAuthorities(folder: string): Promise<readonly Finding[]> {
  const names = await readdir(join(folder, 'ca')).catch(() => []);
  const findings: Finding[] = [];
  for (const name of names.filter((candidate) => candidate.endsWith('.key'))) {
    const { mode } = await lstat(join(folder, 'ca', name));
    if ((mode & 0o077) === 0) continue;
    findings.push({
      rule: 'key-modes',
      level: 'warning',
      member: '',
      path: `ca/${name}`,
      message: `The authority's key has mode ${(mode & 0o7777).toString(8).padStart(4, '0')}: users other than its owner may read it.`,
      cure: `chmod 0600 ca/${name}`,
      etcdSays: '',
      source: 'RFC 5280, 9',
    });
  }
  return findings;
}

/** The tarballs hold the keys of their hosts; the folder of the authorities is nobody's to write. */
async function checkModes(folder: string, { tarballs }: Manifest): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const check = async (path: string, allowed: number, what: string, cure: string): Promise<void> => {
    const stat =
      process.platform === 'win32' ? undefined : await lstat(join(folder, path)).catch(() => undefined);
    if (stat === undefined || stat.isSymbolicLink() || (stat.mode & 0o077 & ~allowed) === 0) return;
    findings.push({
      rule: 'bundle-modes',
      level: 'warning',
      member: '',
      path,
      message: `${what} has mode ${(stat.mode & 0o7777).toString(8).padStart(4, '0')}: users other than its owner may ${(stat.mode & 0o044 & ~allowed) === 0 ? 'change' : 'read'} it.`,
      cure,
      etcdSays: '',
      source: 'NIST SP 800-57 part 1, 5.3; chmod(1)',
    });
  };
  for (const { path, files } of tarballs) {
    const hasKeys = files.some(({ kind }) => kind === 'private-key' || kind === 'authority-key');
    if (path.includes('/') || entryNameFault(path) !== undefined || !hasKeys) continue;
    await check(path, 0, 'The tarball, which holds private keys,', `chmod 0600 ${path}`);
  }
  await check('ca', 0o055, "The authorities' folder", 'chmod 0700 ca');
  return findings;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
