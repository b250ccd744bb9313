import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRegularFile } from '../../../../src/node/read/regular-file.js';
import { makeFolder } from '../../cli/fake-io.js';

async function read(size: number, limit: number) {
  const path = join(makeFolder({}), 'file');
  writeFileSync(path, 'x'.repeat(size));
  return await readRegularFile(path, { limit });
}

describe('readRegularFile', () => {
  it.each([0, 1, 100, 65_535, 65_536, 65_537, 1_000_000])('keeps no more than %i bytes', async (size) => {
    const file = await read(size, 1_000_000);
    expect(file.type === 'file' && [file.bytes.length, file.bytes.every((byte) => byte === 0x78)]).toEqual([
      size,
      true,
    ]);
    expect(file.type === 'file' && file.bytes.buffer.byteLength).toBeLessThanOrEqual(size + 1);
  });

  it('refuses what is larger than the limit', async () => {
    expect(await read(101, 100)).toEqual({ type: 'refused', why: 'is larger than 100 bytes' });
    expect((await read(100, 100)).type).toBe('file');
  });

  it('reads files to their end whose size says nothing', async () => {
    const file = await readRegularFile('/proc/self/status', { limit: 65_536 });
    expect(file.type === 'file' && file.bytes.length).toBeGreaterThan(500);
  });
});
