import { crc32 } from 'node:zlib';

/** Magic, deflate, no flags, no date, and the OS "unknown" (RFC 1952, 2.3). The octet before the last tells the level. */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
/** A gzip in one piece says "fastest", as zlib does for stored blocks. */
const EXTRA_FLAGS = { offset: 8, fastest: 4 } as const;
/** What the two octets of a stored block's length hold (RFC 1951, 3.2.4). */
const MAX_BLOCK = 65_535;
const BLOCK_HEADER = 5;
const TRAILER = 8;

/**
 * The gzip that zlib makes of this at level 0, but for the OS. zlib itself takes longer to be set up than to copy a host's files.
 *
 * @internal
 */
export function storedGzip(bytes: Uint8Array): Uint8Array {
  const blocks = Math.max(1, Math.ceil(bytes.length / MAX_BLOCK));
  const packed = new Uint8Array(HEADER.length + blocks * BLOCK_HEADER + bytes.length + TRAILER);
  packed.set(HEADER);
  packed[EXTRA_FLAGS.offset] = EXTRA_FLAGS.fastest;
  let at = HEADER.length;
  for (let block = 0; block < blocks; block += 1) {
    const contents = bytes.subarray(block * MAX_BLOCK, (block + 1) * MAX_BLOCK);
    packed.set(blockHeader(contents.length, block === blocks - 1), at);
    packed.set(contents, at + BLOCK_HEADER);
    at += BLOCK_HEADER + contents.length;
  }
  packed.set(trailer(crc32(bytes), bytes.length), at);
  return packed;
}

/**
 * A gzip of stored blocks, whose bytes follow from what goes in alone, however it is cut into pieces. Programs would be a third of their
 * size compressed, and each host's tarball would take seconds and have other bytes with another zlib.
 *
 * @internal
 */
export async function* storedGzipStream(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield HEADER;
  let sum = 0;
  let size = 0;
  let block = new Uint8Array(MAX_BLOCK);
  let filled = 0;
  for await (const chunk of chunks) {
    sum = crc32(chunk, sum);
    size += chunk.length;
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + MAX_BLOCK - filled);
      block.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < MAX_BLOCK) continue;
      yield blockHeader(filled, false);
      yield block;
      // Whoever took the last one may not have written it yet.
      block = new Uint8Array(MAX_BLOCK);
      filled = 0;
    }
  }
  yield blockHeader(filled, true);
  yield block.subarray(0, filled);
  yield trailer(sum, size);
}

function blockHeader(length: number, isLast: boolean): Uint8Array {
  const inverse = length ^ 0xffff;
  return Uint8Array.of(isLast ? 1 : 0, length & 0xff, length >> 8, inverse & 0xff, inverse >> 8);
}

function trailer(sum: number, size: number): Uint8Array {
  const octets = new Uint8Array(TRAILER);
  const view = new DataView(octets.buffer);
  view.setUint32(0, sum, true);
  view.setUint32(4, size % 2 ** 32, true);
  return octets;
}
