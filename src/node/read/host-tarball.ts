import type { HostRoot, RootDirectory, RootFile } from '../../host/host-root.js';
import { isNamedAsCertificate, type RootGap } from '../../host/root-gap.js';
import { entryNameFault, relativeName } from '../../text/entry-name.js';
import type { Finding } from '../../verify/finding.js';
import { isConfiguration, MAX_FILE_BYTES, MAX_FILES, unreadable } from './input.js';
import { followLinks, openListed } from './links.js';
import { type UnpackBudget, UnpackError, unpack } from './unpack.js';

/** What is kept in memory of the files of all tarballs of one command: one of a thousand hosts has a few hundred kilobytes. */
const MAX_KEPT_BYTES = 256 * 2 ** 20;
/** What all tarballs of one command unpack to, files that are passed over included, besides what their own size pays for. */
const MAX_UNPACKED_BYTES = 2 ** 30;
/** Programs pack to a third; a bomb to a thousandth. */
const UNPACKED_TO_PACKED = 4;

/**
 * What the tarballs of one command may still take.
 *
 * @internal
 */
export interface TarballBudget {
  keptBytes: number;
  readonly unpacked: UnpackBudget;
}

/** @internal */
export function tarballBudget(): TarballBudget {
  return { keptBytes: MAX_KEPT_BYTES, unpacked: { bytes: MAX_UNPACKED_BYTES } };
}

/** @internal */
export interface HostTarball {
  /** What was read; where the reading ended early, only a part. */
  readonly root: HostRoot;
  readonly isComplete: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Reads an untrusted tarball as a host root, without writing anything: what GNU tar would put elsewhere than below the folder it
 * extracts to is a finding, links are followed inside, devices passed over, large files skipped, and a bomb ends the reading.
 *
 * @param name - of the root
 * @param path - of the tarball, for findings
 * @param budget - of all tarballs of the command
 * @internal
 */
export async function readHostTarball(
  bytes: Uint8Array,
  name: string,
  path: string = name,
  budget: TarballBudget = tarballBudget(),
): Promise<HostTarball> {
  const files = new Map<string, RootFile>();
  const directories: RootDirectory[] = [];
  const links = new Map<string, string>();
  const hardLinks = new Set<string>();
  const largeFiles = new Map<string, string>();
  const findings: Finding[] = [];
  let isComplete = true;
  try {
    budget.unpacked.bytes += bytes.length * UNPACKED_TO_PACKED;
    await readEntries(bytes, name, { files, largeFiles, directories, links, hardLinks, findings }, budget);
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    isComplete = false;
    findings.push(tarballFinding(name, path, error));
  }
  for (const link of links.keys()) {
    const target = followLinks(link, links);
    const file = target === undefined ? undefined : files.get(target);
    if (target === 'dev/null') files.set(link, { path: link, bytes: new Uint8Array(), linkTo: target });
    if (file === undefined || target === undefined) continue;
    files.set(link, {
      ...file,
      path: link,
      ...(hardLinks.has(link) ? {} : { linkTo: file.linkTo ?? target }),
    });
  }
  const open = openListed(files, directories, links);
  const told = [...largeFiles.keys()].filter((path) => isConfiguration(path) || isNamedAsCertificate(path));
  const gaps = told.map((path): RootGap => {
    return { path, why: `is larger than ${MAX_FILE_BYTES / 2 ** 20} MiB`, kind: 'left out' };
  });
  const root = { name, files: [...files.values()], largeFiles, directories, open, gaps };
  return { root, isComplete, findings };
}

function tarballFinding(name: string, path: string, { reason, message }: UnpackError): Finding {
  const finding = unreadable(name, path, message);
  return reason === 'not a tarball'
    ? {
        ...finding,
        cure: 'Name a bundle, a tarball or the root of a host; `etcd-bundle inspect` reads single certificates.',
      }
    : finding;
}

interface Entries {
  readonly files: Map<string, RootFile>;
  readonly largeFiles: Map<string, string>;
  readonly directories: RootDirectory[];
  readonly links: Map<string, string>;
  readonly hardLinks: Set<string>;
  readonly findings: Finding[];
}

async function readEntries(
  bytes: Uint8Array,
  name: string,
  found: Entries,
  budget: TarballBudget,
): Promise<void> {
  const { files, largeFiles, directories, links, hardLinks, findings } = found;
  for await (const entry of unpack(bytes, 'lenient', budget.unpacked)) {
    const { type, name: written, mode, owner, target, bytes: content, sha256 } = entry;
    const path = relativeName(written);
    if (path === '' || path === '.') continue;
    const fault = entryNameFault(path);
    if (fault !== undefined) {
      findings.push(unreadable(name, written.slice(0, 256), `The name of this entry ${fault}.`));
      continue;
    }
    if (type === 'directory') directories.push({ path, mode, owner });
    if (type === 'symlink' || type === 'link') {
      links.set(path, type === 'link' ? `/${target}` : target);
      if (type === 'link') hardLinks.add(path);
      if (escapes(path, target, type))
        findings.push(
          unreadable(
            name,
            path,
            `This link leads out of the folder: ${JSON.stringify(target.slice(0, 256))}.`,
          ),
        );
    }
    if (sha256 !== undefined) largeFiles.set(path, sha256);
    if (content === undefined) continue;
    budget.keptBytes -= content.length;
    if (budget.keptBytes < 0 || files.size >= MAX_FILES)
      throw new UnpackError('too large', 'It holds too much for the files of a host.');
    if (files.has(path))
      findings.push({
        ...unreadable(name, path, 'Two entries have this name; the later one counts.'),
        level: 'warning',
      });
    files.set(path, { path, mode, owner, bytes: content });
  }
}

/** An absolute symbolic link is right for a host; one with `..` beyond the root, or a hard link outside, is not. */
function escapes(path: string, target: string, type: 'symlink' | 'link'): boolean {
  const depth = type === 'link' || target.startsWith('/') ? 0 : path.split('/').length - 1;
  let level = depth;
  for (const segment of target.split('/')) {
    if (segment === '..') level -= 1;
    else if (segment !== '' && segment !== '.') level += 1;
    if (level < 0) return true;
  }
  return false;
}
