import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveBundle } from '../../../../src/node/archive.js';
import { readTarball } from '../../../../src/node/read/tarball.js';

describe('readTarball', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tarball-'));
    mkdirSync(join(folder, 'etc'));
    writeFileSync(join(folder, 'etc/a'), 'A', { mode: 0o640 });
    symlinkSync('/etc/passwd', join(folder, 'link'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function tar(...args: string[]): Uint8Array {
    const path = join(folder, 'made.tar');
    execFileSync('tar', ['-cf', path, '--owner=etcd:7', '--group=etcd:7', '-C', folder, ...args]);
    return readFileSync(path);
  }

  it('reads back what archiveBundle packs', async () => {
    const owner = { user: 'etcd', group: 'etcd' };
    const bytes = Buffer.from('text');
    const files = [
      { path: 'etc/a', mode: 0o600, owner, kind: 'environment', bytes } as const,
      {
        path: `etc/${'b'.repeat(200)}`,
        mode: 0o644,
        owner,
        kind: 'environment',
        bytes: Buffer.alloc(0),
      } as const,
    ];
    const tarball = await archiveBundle({ kind: 'member', name: 'e1', files });
    expect(await readTarball(tarball, 'e1.tar.gz')).toEqual(
      files.map(({ path, mode, bytes: content }) => ({ path, mode, owner, bytes: content })),
    );
  });

  it('reads what GNU tar packs, folders left out', async () => {
    expect(await readTarball(tar('etc'), 'x.tar')).toEqual([
      { path: 'etc/a', mode: 0o640, owner: { user: 'etcd', group: 'etcd' }, bytes: Buffer.from('A') },
    ]);
  });

  it.each([
    ['a link', () => tar('link'), '"link" is a symlink.'],
    [
      'an absolute path',
      () => tar('-P', '--transform=s,etc/a,/etc/a,', 'etc/a'),
      'The path "/etc/a" starts with "/".',
    ],
    [
      'a path that leads out',
      () => tar('-P', '--transform=s,etc/a,../a,', 'etc/a'),
      'The path "../a" has a "." or ".." segment.',
    ],
    [
      'two files of one name',
      () => Buffer.concat([tar('etc/a').subarray(0, 1024), tar('etc/a')]),
      'Two files are named "etc/a".',
    ],
    ['what is not a tar', () => Buffer.from('x'.repeat(600)), /^It is not a tarball/],
    ['a tar that ends early', () => tar('etc/a').subarray(0, 600), /^It cannot be read: /],
    ['what is no gzip', () => Buffer.from([0x1f, 0x8b, 1, 2, 3]), /^It cannot be unpacked: /],
    ['a gzip bomb', () => gzipSync(Buffer.alloc(129 * 2 ** 20)), 'It unpacks to more than 134217728 bytes.'],
  ])('refuses %s', async (_, make, message) => {
    await expect(readTarball(make(), 'x.tar.gz')).rejects.toMatchObject({
      code: 'invalid-bundle',
      issues: [{ path: 'x.tar.gz', message: expect.stringMatching(message) }],
    });
  });

  it('refuses more than 10,000 entries', async () => {
    const folderEntry = tar('--no-recursion', 'etc').subarray(0, 512);
    const many = (count: number) =>
      Buffer.concat([...Array.from({ length: count }, () => folderEntry), Buffer.alloc(1024)]);
    expect(await readTarball(many(10_000), 'x.tar')).toEqual([]);
    await expect(readTarball(many(10_001), 'x.tar')).rejects.toMatchObject({
      issues: [{ message: 'It has more than 10000 entries.' }],
    });
  });
});
