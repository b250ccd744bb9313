import { crc32 } from 'node:zlib';

/** Magic, deflate, no flags, no date, no level, and the OS "unknown" (RFC 1952, 2.3). */
const HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
/** What the two octets of a stored block's length hold (RFC 1951, 3.2.4). */
const MAX_BLOCK = 65_535;

/**
 * A gzip of stored blocks, whose bytes follow from what goes in alone, however it is cut into pieces. Programs would be a third of their
 * size compressed, and each host's tarball would take seconds and have other bytes with another zlib.
 *
 * @internal
 */
export async function* storedGzip(
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
  const trailer = new Uint8Array(8);
  const view = new DataView(trailer.buffer);
  view.setUint32(0, sum, true);
  view.setUint32(4, size % 2 ** 32, true);
  yield trailer;
}

function blockHeader(length: number, isLast: boolean): Uint8Array {
  const inverse = length ^ 0xffff;
  return Uint8Array.of(isLast ? 1 : 0, length & 0xff, length >> 8, inverse & 0xff, inverse >> 8);
}
