import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import type { FilePlan } from '../../../src/bundle/file-plan.js';
import { packUstar } from '../../../src/bundle/ustar.js';
import { runs } from '../../support/long-tests.js';

const MTIME = 315_532_800;

const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 100 });
const name = fc.string({ unit: 'grapheme-ascii', maxLength: 32 });
const size = fc.oneof(fc.constantFrom(0, 1, 511, 512, 513, 1024), fc.nat(5000));
const file: fc.Arbitrary<FilePlan> = fc.record({
  path: ascii,
  mode: fc.nat(0o7777),
  owner: fc.record({ user: name, group: name }),
  kind: fc.constant('environment'),
  bytes: size.map((length) => Uint8Array.from({ length }, (_, index) => (index * 7) & 0xff)),
});

function plan(path: string, user = 'etcd', group = 'etcd'): FilePlan {
  return { path, mode: 0o644, owner: { user, group }, kind: 'environment', bytes: new Uint8Array(3) };
}

describe('packUstar', () => {
  it('writes what modern-tar writes, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 5 }), async (files) => {
        const theirs = await packTar(
          files.map(({ path, mode, owner, bytes }) => ({
            header: {
              name: path,
              mode,
              size: bytes.length,
              mtime: new Date(MTIME * 1000),
              uid: 0,
              gid: 0,
              uname: owner.user,
              gname: owner.group,
            },
            body: bytes,
          })),
        );
        expect(Buffer.compare(packUstar(files, MTIME) ?? Buffer.of(), theirs)).toBe(0);
      }),
      { numRuns: runs(1000) },
    );
  });

  it.each([
    ['a path of more than 100 letters', plan('a'.repeat(101))],
    ['a path in another script', plan('etc/étcd')],
    ['a user of more than 32 letters', plan('a', 'u'.repeat(33))],
    ['a group in another script', plan('a', 'etcd', 'ετκδ')],
    ['a control character', plan('a\u0001')],
  ])('leaves %s to others', (_, one) => {
    expect(packUstar([plan('b'), one], MTIME)).toBeUndefined();
  });
});
