import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { MAX_FILE_BYTES } from './input.js';
import { piecesOf, streamOf } from './web-stream.js';

/**
 * Whose tarball it is: `strict` a bundle's, small and with files alone; `lenient` a host's, which may hold all that hosts have.
 *
 * @internal
 */
export type UnpackMode = 'strict' | 'lenient';

/**
 * An entry as the archive has it: its name may lead anywhere.
 *
 * @internal
 */
export interface TarEntry {
  readonly type: 'file' | 'directory' | 'symlink' | 'link' | 'sparse file' | 'special file';
  readonly name: string;
  /** Permission bits, as 0o644. */
  readonly mode: number;
  /** The names, where the archive has any, otherwise the numbers; "root" for 0. */
  readonly owner: { readonly user: string; readonly group: string };
  /** Of links, as it is written; otherwise empty. */
  readonly target: string;
  /** Of files that are no larger than the mode's limit. */
  readonly bytes: Uint8Array | undefined;
  /** SHA-256 of files that are larger, hexadecimal. */
  readonly sha256?: string;
}

/**
 * Bytes that several archives together may still unpack to.
 *
 * @internal
 */
export interface UnpackBudget {
  bytes: number;
}

interface Limits {
  readonly unpackedBytes: number;
  readonly entries: number;
  readonly fileBytes: number;
}

const MEBIBYTE = 2 ** 20;
const LIMITS: Readonly<Record<UnpackMode, Limits>> = {
  // Programs of etcd have some 60 MB.
  strict: { unpackedBytes: 128 * MEBIBYTE, entries: 10_000, fileBytes: 64 * MEBIBYTE },
  lenient: { unpackedBytes: 512 * MEBIBYTE, entries: 200_000, fileBytes: MAX_FILE_BYTES },
};
/** What is fed to the decoder at a time: it takes a chunk whole before it can say that it has enough. */
const CHUNK_BYTES = 65_536;
const BLOCK_BYTES = 512;

/**
 * Why reading ended before the archive did: a sentence.
 *
 * @internal
 */
export class UnpackError extends Error {
  readonly reason: 'not a tarball' | 'damaged' | 'too large';

  constructor(reason: UnpackError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Goes through a tarball, plain or compressed with gzip, without writing anything and without holding more of it in memory than one
 * file. Damage is never passed over, whatever the mode: a header whose sum is wrong, an archive that ends early, or goes on after its end.
 *
 * @param budget - of this archive and others
 * @throws UnpackError
 * @internal
 */
export async function* unpack(
  bytes: Uint8Array,
  mode: UnpackMode,
  budget: UnpackBudget = { bytes: LIMITS[mode].unpackedBytes },
): AsyncGenerator<TarEntry, void, undefined> {
  const { unpackedBytes, entries: maxEntries, fileBytes } = LIMITS[mode];
  const { createTarDecoder } = await import('modern-tar');
  if (!isGzip(bytes) && !startsAsTar(bytes)) throw notTarball();
  const reader = streamOf(chunksOf(bytes, unpackedBytes, budget))
    .pipeThrough(createTarDecoder({ strict: true }))
    .getReader();
  let entries = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      entries += 1;
      if (entries > maxEntries) throw new UnpackError('too large', `It has more than ${maxEntries} entries.`);
      const { header, body } = value;
      const type = typeOf(header);
      const isRead = type === 'file' && header.size <= fileBytes;
      const sha256 = type === 'file' && !isRead ? await digest(body) : undefined;
      if (type !== 'file') await body.cancel();
      yield {
        type,
        name: header.name,
        mode: (header.mode ?? 0) & 0o7777,
        owner: { user: header.uname || idName(header.uid), group: header.gname || idName(header.gid) },
        target: header.linkname ?? '',
        bytes: isRead ? await collect(body, header.size) : undefined,
        ...(sha256 === undefined ? {} : { sha256 }),
      };
    }
  } catch (error) {
    throw error instanceof UnpackError ? error : damaged(error, entries);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** GNU tar keeps what is left of a sparse file under another name, and the map of it in records of its own (GNU tar manual, D.2). */
function typeOf(header: { type?: string; pax?: Record<string, string> }): TarEntry['type'] {
  const { type = 'file', pax = {} } = header;
  if (type === 'file') {
    return Object.keys(pax).some((key) => key.startsWith('GNU.sparse.')) ? 'sparse file' : 'file';
  }
  return type === 'directory' || type === 'symlink' || type === 'link' ? type : 'special file';
}

function idName(id: number | undefined): string {
  return id === undefined || id === 0 ? 'root' : String(id);
}

async function collect(body: ReadableStream<Uint8Array>, size: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of piecesOf(body)) chunks.push(chunk);
  return Buffer.concat(chunks, size);
}

async function digest(body: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of piecesOf(body)) hash.update(chunk);
  return hash.digest('hex');
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** A block of zeros ends an empty archive; any other block has its sum as octal digits (tar(5), "Old-Style Archive Format"). */
function startsAsTar(bytes: Uint8Array): boolean {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, BLOCK_BYTES));
  if (block.length < BLOCK_BYTES) return false;
  return (
    block.every((byte) => byte === 0) || /^[ 0-7]+(?:\0[\0 ]*)?$/.test(block.toString('latin1', 148, 156))
  );
}

async function* chunksOf(
  bytes: Uint8Array,
  limit: number,
  budget: UnpackBudget,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let size = 0;
  for await (const chunk of isGzip(bytes) ? gunzip(bytes) : slices(bytes)) {
    size += chunk.length;
    if (size > limit) throw new UnpackError('too large', `It unpacks to more than ${limit} bytes.`);
    budget.bytes -= chunk.length;
    if (budget.bytes < 0)
      throw new UnpackError('too large', 'With the tarballs before, it unpacks to too much.');
    yield new Uint8Array(chunk);
  }
}

async function* gunzip(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const unzipping = createGunzip({ chunkSize: CHUNK_BYTES });
  unzipping.end(bytes);
  try {
    for await (const chunk of unzipping) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    throw new UnpackError('damaged', `It cannot be unpacked: ${reasonOf(error)}.`);
  }
}

function* slices(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

/** What its very first block shows of it was no tar. */
function damaged(error: unknown, entries: number): UnpackError {
  const reason = reasonOf(error);
  if (entries === 0 && /^Invalid tar (?:header|number)/.test(reason)) return notTarball();
  return new UnpackError('damaged', `It cannot be read: ${reason}.`);
}

function notTarball(): UnpackError {
  return new UnpackError('not a tarball', 'It is not a tarball, neither plain nor compressed with gzip.');
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
