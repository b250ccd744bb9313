import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { HostRoot, RootDirectory, RootFile } from '../../host/host-root.js';
import type { Finding } from '../../verify/finding.js';
import { entryNameFault } from './entry-name.js';
import { MAX_FILE_BYTES, MAX_FILES, unreadable } from './input.js';
import { followLinks } from './links.js';

const MAX_UNPACKED_BYTES = 512 * 2 ** 20;
const MAX_ENTRIES = 200_000;
/** What is kept in memory of one tarball. */
const MAX_KEPT_BYTES = 128 * 2 ** 20;

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
 * @internal
 */
export async function readHostTarball(
  bytes: Uint8Array,
  name: string,
  path: string = name,
): Promise<HostTarball> {
  const files = new Map<string, RootFile>();
  const directories: RootDirectory[] = [];
  const links = new Map<string, string>();
  const hardLinks = new Set<string>();
  const findings: Finding[] = [];
  let isComplete = true;
  try {
    if (!mayBeTarball(bytes)) throw new NotTarball();
    await readEntries(bytes, name, { files, directories, links, hardLinks, findings });
  } catch (error) {
    isComplete = false;
    findings.push(
      error instanceof NotTarball ||
        (error instanceof Error && error.message.startsWith('Invalid tar header'))
        ? notTarball(name, path)
        : unreadable(
            name,
            path,
            `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
          ),
    );
  }
  for (const link of links.keys()) {
    const target = followLinks(link, links);
    const file = target === undefined ? undefined : files.get(target);
    if (file === undefined || target === undefined) continue;
    files.set(link, {
      ...file,
      path: link,
      ...(hardLinks.has(link) ? {} : { linkTo: file.linkTo ?? target }),
    });
  }
  return { root: { name, files: [...files.values()], directories }, isComplete, findings };
}

class NotTarball extends Error {}

/** gzip, or the sum of a header where tar writes it (tar(5), "Old-Style Archive Format"): six octal digits in eight bytes. */
function mayBeTarball(bytes: Uint8Array): boolean {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return true;
  return (
    (bytes.length >= 512 &&
      /^[ 0-7]+[\0 ]*$/.test(new TextDecoder('latin1').decode(bytes.subarray(148, 156)))) ||
    (bytes.length >= 1024 && bytes.subarray(0, 512).every((byte) => byte === 0))
  );
}

function notTarball(name: string, path: string): Finding {
  return {
    ...unreadable(name, path, 'It is not a tarball, plain or gzipped.'),
    cure: 'Name a bundle, a tarball or the root of a host; `etcd-bundle inspect` reads single certificates.',
  };
}

interface Entries {
  readonly files: Map<string, RootFile>;
  readonly directories: RootDirectory[];
  readonly links: Map<string, string>;
  readonly hardLinks: Set<string>;
  readonly findings: Finding[];
}

async function readEntries(bytes: Uint8Array, name: string, found: Entries): Promise<void> {
  const { files, directories, links, hardLinks, findings } = found;
  const { extract } = await import('tar-stream');
  const unpacking = extract();
  const source = unpacked(bytes);
  source.on('error', (error) => unpacking.destroy(error));
  source.pipe(unpacking);
  let entries = 0;
  let kept = 0;
  for await (const entry of unpacking) {
    const { type, name: written, mode, uname, gname, uid, gid, linkname, size = 0 } = entry.header;
    entries += 1;
    if (entries > MAX_ENTRIES) throw new Error(`it has more than ${MAX_ENTRIES} entries`);
    const path = written.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
    const fault = path === '' || path === '.' ? undefined : entryNameFault(path);
    if (fault !== undefined)
      findings.push(unreadable(name, written.slice(0, 256), `The name of this entry ${fault}.`));
    const isKept = type === 'file' && fault === undefined && size <= MAX_FILE_BYTES && path !== '';
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) if (isKept && chunk instanceof Uint8Array) chunks.push(chunk);
    if (fault !== undefined || path === '') continue;
    if (type === 'directory') directories.push({ path, mode: mode & 0o7777 });
    if ((type === 'symlink' || type === 'link') && typeof linkname === 'string') {
      links.set(path, type === 'link' ? `/${linkname}` : linkname);
      if (type === 'link') hardLinks.add(path);
      if (escapes(path, linkname, type))
        findings.push(
          unreadable(
            name,
            path,
            `This link leads out of the folder: ${JSON.stringify(linkname.slice(0, 256))}.`,
          ),
        );
    }
    if (!isKept) continue;
    kept += size;
    if (kept > MAX_KEPT_BYTES || files.size >= MAX_FILES)
      throw new Error('it is too large for the files of a host');
    if (files.has(path))
      findings.push({
        ...unreadable(name, path, 'Two entries have this name; the later one counts.'),
        level: 'warning',
      });
    const owner = { user: uname || ownerName(uid), group: gname || ownerName(gid) };
    files.set(path, { path, mode: mode & 0o7777, owner, bytes: Buffer.concat(chunks) });
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

function ownerName(id: number | undefined): string {
  return id === undefined || id === 0 ? 'root' : String(id);
}

/** The tar, unpacked no further than the limit. */
function unpacked(bytes: Uint8Array): Readable {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return Readable.from([bytes]);
  const gunzip = createGunzip();
  let size = 0;
  gunzip.on('data', (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > MAX_UNPACKED_BYTES)
      gunzip.destroy(new Error(`it unpacks to more than ${MAX_UNPACKED_BYTES} bytes`));
  });
  gunzip.pause();
  gunzip.end(bytes);
  return gunzip;
}
