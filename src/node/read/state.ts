import { createHash } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import type { Manifest } from '../../bundle/manifest/manifest.js';
import type { BundleState } from '../../bundle/state.js';
import type { ClusterSpec } from '../../cluster-spec.js';
import { parseStoredDocument } from '../../document/parse.js';
import { EtcdBundleError, type Issue, isEtcdBundleError } from '../../errors.js';
import { bundleState } from '../../plan/bundle-state.js';
import { sha256Of } from '../sha256.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { nodeFileSystem } from '../write/file-system.js';
import { findManifest, MANIFEST_NAME, RESTORE_MANIFEST, readBundleManifest } from './bundle.js';
import { contradictionsIn } from './contradictions.js';
import { completeFormat1 } from './format-1.js';
import { readSumsFile, SUMS_NAME } from './sums-file.js';
import { tarballNameFault } from './tarball-name.js';

/** Bytes of a tarball that is read at once. */
const MAX_HELD = 2 ** 22;
const SET_ASIDE = /\.previous-\d+$/;

/**
 * Reads a bundle as the state of its cluster, of format 2 or 1. No key is read: {@link readBundleAuthorities} does that where something is
 * to be issued. What `SHA256SUMS` and the manifest say is held against what is there; tarballs may have been removed.
 *
 * @param folder - that `generate`, or a later command, wrote; relative to the working folder of the process, or absolute
 * @throws EtcdBundleError `invalid-bundle` where it is no bundle, a later release wrote it, a file was changed by hand or it is not the newest
 * generation; `system` where it cannot be read
 * @example
 * ```ts
 * const { manifest, spec } = await readBundle('bundle');
 * manifest.generation; // => 1
 * spec.members.map(({ name }) => name); // => ['e1', 'e2', 'e3']
 * ```
 * @public
 */
export async function readBundle(folder: string): Promise<BundleState> {
  const path = resolve(folder);
  const { manifest, bytes } = await readBundleManifest(path);
  const sha256 = sha256Of(bytes);
  const changed = [...(await sumIssues(path, sha256)), ...(await tarballIssues(path, manifest))];
  const issues = changed.length > 0 ? changed : await successorIssues(path, manifest, sha256);
  if (issues.length > 0) throw new EtcdBundleError('invalid-bundle', issues);
  const state = bundleState(manifest, sha256, parseDocument(manifest.document));
  const contradictions = contradictionsIn(state);
  if (contradictions.length > 0) throw contradicted(path, contradictions);
  // Format 1 does not say for which etcd it is.
  const isWhole = manifest.etcdVersion !== undefined;
  return isWhole ? state : { ...state, manifest: await completeFormat1(path, state) };
}

function contradicted(folder: string, messages: readonly string[]): EtcdBundleError {
  const path = join(folder, MANIFEST_NAME);
  return new EtcdBundleError(
    'invalid-bundle',
    messages.map((message) => ({ code: 'bundle-changed', path, message, cure: RESTORE_MANIFEST })),
  );
}

/** Its own rules may have become stricter since the bundle was made. */
function parseDocument(document: string): ClusterSpec {
  try {
    return parseStoredDocument(document);
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    throw new EtcdBundleError(
      'invalid-bundle',
      error.issues.map(({ code, path, message, cure }) => ({
        code,
        path: path === '' ? MANIFEST_NAME : `${MANIFEST_NAME}: document: ${path}`,
        message,
        cure,
      })),
    );
  }
}

/** The sum is missing where only the state was kept. */
async function sumIssues(folder: string, sha256: string): Promise<readonly Issue[]> {
  const { lines } = await readSumsFile(folder);
  const listed = lines.find((line) => line.endsWith(`  ${MANIFEST_NAME}`));
  if (listed === undefined || listed.startsWith(sha256)) return [];
  return [
    {
      code: 'bundle-changed',
      path: join(folder, MANIFEST_NAME),
      message: `It is not the file that ${SUMS_NAME} lists.`,
      cure: RESTORE_MANIFEST,
    },
  ];
}

async function tarballIssues(folder: string, { hosts }: Manifest): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const { tarball } of hosts) {
    if (tarball === undefined || tarballNameFault(tarball.path) !== undefined) continue;
    const path = join(folder, tarball.path);
    const actual = await digestOf(path);
    if (actual === undefined || actual === tarball.sha256) continue;
    issues.push({
      code: 'bundle-changed',
      path,
      message: `The tarball is not the one that ${MANIFEST_NAME} describes.`,
      cure: 'Restore it from a copy of the bundle, or remove it where its host has what it held before.',
    });
  }
  return issues;
}

/** Undefined where there is no such file. */
async function digestOf(path: string): Promise<string | undefined> {
  try {
    const status = await nodeFileSystem.lstat(path);
    if (!status.isFile()) return '';
    if (status.size <= MAX_HELD) return sha256Of(await nodeFileSystem.readFile(path));
    const hash = createHash('sha256');
    for await (const chunk of nodeFileSystem.readChunks(path)) hash.update(chunk);
    return hash.digest('hex');
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw describeSystemError(error, 'read it');
  }
}

/** What was set aside has a successor beside it, and a second one would not know of the first. */
async function successorIssues(
  folder: string,
  manifest: Manifest,
  sha256: string,
): Promise<readonly Issue[]> {
  if (!SET_ASIDE.test(folder)) return [];
  const successor = join(dirname(folder), basename(folder).replace(SET_ASIDE, ''));
  const names = await nodeFileSystem.readdir(successor).catch((): readonly string[] => []);
  if (!names.includes(MANIFEST_NAME)) return [];
  const found = await findManifest(successor);
  if (found.type !== 'manifest') return [];
  const { cluster, generation, former } = found.manifest;
  // A restored cluster has another token.
  const isSame = cluster.token === manifest.cluster.token || former === sha256;
  if (!isSame || generation <= manifest.generation) return [];
  return [
    {
      code: 'bundle-superseded',
      path: folder,
      message: `It is generation ${manifest.generation} of the cluster, which has had ${generation}.`,
      cure: `Name ${successor}.`,
    },
  ];
}
