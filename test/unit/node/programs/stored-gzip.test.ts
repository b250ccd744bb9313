import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { storedGzip } from '../../../../src/node/programs/stored-gzip.js';

async function* cut(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function packed(bytes: Uint8Array, length: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of storedGzip(cut(bytes, length))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a gzip of stored blocks', () => {
  it.each([0, 1, 65_534, 65_535, 65_536, 131_070, 200_001])('of %i bytes is read by zlib', async (size) => {
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
