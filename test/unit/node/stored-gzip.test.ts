import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { storedGzip, storedGzipStream } from '../../../src/node/stored-gzip.js';

async function* cut(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function packed(bytes: Uint8Array, length: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of storedGzipStream(cut(bytes, length))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const SIZES = [0, 1, 65_534, 65_535, 65_536, 131_070, 131_071, 200_001];

describe('a gzip of stored blocks in one piece', () => {
  it.each(SIZES)("of %i bytes is zlib's, but for the system in its header", (size) => {
    const bytes = Buffer.alloc(size, 'etcd');
    // Its stored blocks end where a chunk of its output does.
    const theirs = gzipSync(bytes, { level: 0, chunkSize: 2 * size + 1024 });
    theirs[9] = 255;
    expect(theirs.equals(storedGzip(bytes))).toBe(true);
  });
});

describe('a gzip of stored blocks in pieces', () => {
  it.each(SIZES)('of %i bytes is read by zlib', async (size) => {
    const bytes = Buffer.alloc(size, 'etcd');
    expect(gunzipSync(await packed(bytes, 10_000)).equals(bytes)).toBe(true);
  });

  it('does not depend on how its contents are cut', async () => {
    const bytes = Buffer.alloc(200_001, 'etcd');
    const one = await packed(bytes, 7);
    expect((await packed(bytes, 65_535)).equals(one)).toBe(true);
    expect((await packed(bytes, 200_001)).equals(one)).toBe(true);
  });
});
