import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilePlan, HostBundle } from '../../../src/bundle/file-plan.js';
import { archiveBundle } from '../../../src/node/archive.js';

const LONG = `etc/${'a'.repeat(90)}/${'b'.repeat(120)}/${'c'.repeat(60)}.conf`;

function file(path: string, text = path, mode = 0o644): FilePlan {
  const owner = { user: 'etcd', group: 'etcd' };
  return { path, mode, owner, kind: 'environment', bytes: new TextEncoder().encode(text) };
}

function bundle(...files: FilePlan[]): HostBundle {
  return { kind: 'member', name: 'e1', files };
}

describe('archiveBundle', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'archive-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lists under GNU tar with modes and owners as planned and one fixed date, sorted', async () => {
    const tarball = join(folder, 'e1.tar.gz');
    const files = [file('etc/z', '', 0o600), file('etc/etcd/a.key', 'key', 0o640), file('etc/Z', 'Z')];
    writeFileSync(tarball, await archiveBundle(bundle(...files)));
    const listing = execFileSync('tar', ['--utc', '--full-time', '-tvzf', tarball], { encoding: 'utf8' });
    expect(listing.trimEnd().split('\n')).toEqual([
      '-rw-r--r-- etcd/etcd         1 1980-01-01 00:00:00 etc/Z',
      '-rw-r----- etcd/etcd         3 1980-01-01 00:00:00 etc/etcd/a.key',
      '-rw------- etcd/etcd         0 1980-01-01 00:00:00 etc/z',
    ]);
  });

  it('extracts with GNU tar without a warning and without touching folders that are there', async () => {
    const tarball = join(folder, 'e1.tar.gz');
    writeFileSync(
      tarball,
      await archiveBundle(bundle(file('etc/etcd/a', 'A'), file(LONG, 'long'), file('etc/ü', 'u'))),
    );
    const root = join(folder, 'root');
    mkdirSync(join(root, 'etc/etcd'), { recursive: true, mode: 0o711 });
    const before = statSync(join(root, 'etc/etcd')).mode;
    const result = spawnSync('tar', ['-xzf', tarball, '-C', root], { encoding: 'utf8' });
    expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(join(root, 'etc/etcd/a'), 'utf8')).toBe('A');
    expect(readFileSync(join(root, LONG), 'utf8')).toBe('long');
    expect(readFileSync(join(root, 'etc/ü'), 'utf8')).toBe('u');
    expect(statSync(join(root, 'etc/etcd')).mode).toBe(before);
    expect(readdirSync(join(root, 'etc')).sort()).toEqual(['a'.repeat(90), 'etcd', 'ü']);
  });

  it.runIf(spawnSync('python3', ['--version']).status === 0)('reads under tarfile of Python', async () => {
    const tarball = join(folder, 'python.tar.gz');
    writeFileSync(tarball, await archiveBundle(bundle(file('etc/b', 'B', 0o600), file(LONG, 'long'))));
    const script = [
      'import tarfile, sys, json',
      't = tarfile.open(sys.argv[1])',
      'print(json.dumps([[m.name, m.mode, m.uid, m.gid, m.uname, m.gname, m.mtime, t.extractfile(m).read().decode()] for m in t]))',
    ].join('\n');
    const listing: unknown = JSON.parse(
      execFileSync('python3', ['-c', script, tarball], { encoding: 'utf8' }),
    );
    expect(listing).toEqual([
      [LONG, 0o644, 0, 0, 'etcd', 'etcd', 315532800, 'long'],
      ['etc/b', 0o600, 0, 0, 'etcd', 'etcd', 315532800, 'B'],
    ]);
  });

  it('has a gzip header without a date or a system, and stored blocks that any zlib would write', async () => {
    const bytes = await archiveBundle(bundle(file('etc/a', 'x'.repeat(200_000))));
    expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255]);
    const tar = gunzipSync(bytes);
    const blocks: Buffer[] = [];
    for (let at = 0; at < tar.length; at += 65535) {
      const block = tar.subarray(at, at + 65535);
      const header = Buffer.alloc(5);
      header.writeUInt8(at + 65535 >= tar.length ? 1 : 0, 0);
      header.writeUInt16LE(block.length, 1);
      header.writeUInt16LE(block.length ^ 0xffff, 3);
      blocks.push(header, block);
    }
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32(tar), 0);
    trailer.writeUInt32LE(tar.length, 4);
    expect(Buffer.concat([...blocks, trailer]).equals(bytes.subarray(10))).toBe(true);
  });

  it('makes the same bytes whatever the order of the files and the time of day', async () => {
    const paths = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8}){0,3}$/), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(paths, async (names) => {
        const files = names.map((name) => file(name));
        const one = await archiveBundle(bundle(...files));
        const other = await archiveBundle(bundle(...files.toReversed()));
        expect(Buffer.from(other).equals(one)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['/etc/a', 'starts with "/"'],
    ['etc/../a', 'has a "." or ".." segment'],
    ['./etc/a', 'has a "." or ".." segment'],
    ['etc//a', 'has an empty segment'],
    ['etc/a/', 'has an empty segment'],
    ['', 'is empty'],
    ['etc/a\0b', 'contains a control character'],
    ['etc/a\nb', 'contains a control character'],
    ['etc/\ud800', 'is not well-formed Unicode'],
    ['\ufeffetc/a', 'starts with a byte order mark'],
    [`etc/${'a'.repeat(256)}`, 'has a segment of more than 255 bytes'],
    [`${'a/'.repeat(2047)}b`, 'is longer than 4094 bytes'],
    ['etc\\a', 'contains "\\" or a drive'],
    ['C:/a', 'contains "\\" or a drive'],
  ])('refuses the path %j', async (path, fault) => {
    await expect(archiveBundle(bundle(file('etc/ok'), file(path)))).rejects.toMatchObject({
      code: 'invalid-bundle',
      issues: [
        {
          code: 'unsafe-file-name',
          path: 'e1.tar.gz',
          message: `The path ${JSON.stringify(path)} ${fault}.`,
        },
      ],
    });
  });

  it('names every bad path at once, and two files of one path', async () => {
    await expect(archiveBundle(bundle(file('/a'), file('b'), file('b'), file('..')))).rejects.toMatchObject({
      issues: [
        { message: 'The path "/a" starts with "/".' },
        { code: 'repeated-file', message: 'Two files are named "b".' },
        { message: 'The path ".." has a "." or ".." segment.' },
      ],
    });
  });

  it('packs a bundle without files as an empty archive', async () => {
    const tarball = join(folder, 'empty.tar.gz');
    writeFileSync(tarball, await archiveBundle(bundle()));
    expect(execFileSync('tar', ['-tvzf', tarball], { encoding: 'utf8' })).toBe('');
  });
});
