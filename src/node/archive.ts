import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { FilePlan, HostBundle } from '../bundle/file-plan.js';
import { EtcdBundleError, type Issue } from '../errors.js';
import { entryNameFault } from './read/entry-name.js';

/** 1980-01-01T00:00:00Z: fixed, and not the epoch, at which GNU tar warns of an "implausibly old time stamp". */
const ENTRY_DATE = new Date(315_532_800_000);
/** What archiver takes out of a name on its own (lib/utils.js, `sanitizePath`). */
const REWRITTEN_BY_ARCHIVER = /\\|^\w+:/;
/** The OS byte of a gzip header, "unknown" (RFC 1952, 2.3.1): zlib writes the machine's. */
const GZIP_OS = { offset: 9, unknown: 255 } as const;

/**
 * Packs one machine's files: a tar.gz whose bytes follow from the files alone. Entries are sorted by path, belong to root and carry
 * one fixed date; there are no entries for folders, so that extracting at `/` changes no folder's mode.
 *
 * The deflate stream holds stored blocks: what zlib makes of any other level depends on its version, its build and the CPU.
 *
 * @returns the bytes of `<bundle.name>.tar.gz`
 * @throws EtcdBundleError `invalid-bundle` when two files share a path or a path would leave the folder it is extracted in
 * @public
 */
export async function archiveBundle(bundle: HostBundle): Promise<Uint8Array> {
  const issues = nameIssues(bundle);
  if (issues.length > 0) throw new EtcdBundleError('invalid-bundle', issues);
  const files = bundle.files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return gzip(await packTar(files));
}

function nameIssues(bundle: HostBundle): Issue[] {
  const seen = new Set<string>();
  const issues: Issue[] = [];
  for (const { path } of bundle.files) {
    const fault =
      entryNameFault(path) ?? (REWRITTEN_BY_ARCHIVER.test(path) ? 'holds "\\" or a drive' : undefined);
    const where = `${bundle.name}.tar.gz`;
    if (fault !== undefined) {
      const message = `The path ${JSON.stringify(path)} ${fault}.`;
      issues.push({ code: 'invalid-value', path: where, message, cure: 'Name files relative to /.' });
    } else if (seen.has(path)) {
      const message = `Two files are named ${JSON.stringify(path)}.`;
      issues.push({ code: 'duplicate', path: where, message, cure: 'Give each file its own path.' });
    }
    seen.add(path);
  }
  return issues;
}

async function packTar(files: readonly FilePlan[]): Promise<Buffer> {
  const { TarArchive } = await import('archiver');
  const archive = new TarArchive();
  for (const { path, mode, bytes } of files) {
    const entry = { name: path, mode, date: ENTRY_DATE, uid: 0, gid: 0, uname: 'root', gname: 'root' };
    archive.append(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), entry);
  }
  const [tar] = await Promise.all([buffer(archive), archive.finalize()]);
  return tar;
}

/** One output chunk for the whole stream, because stored blocks end where a chunk does. */
function gzip(tar: Buffer): Uint8Array {
  const bytes = gzipSync(tar, { level: 0, chunkSize: tar.length + (tar.length >> 8) + 1024 });
  bytes[GZIP_OS.offset] = GZIP_OS.unknown;
  return bytes;
}
