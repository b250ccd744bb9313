import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError } from '../../../src/errors.js';
import { readHostTarball } from '../../../src/node/read/host-tarball.js';
import { readTarball } from '../../../src/node/read/tarball.js';
import { END, entry, header, octal, pax } from './block.js';

const LONG = `l/${'n'.repeat(198)}`;
const GNU = 'ustar  \0';
const longName = (name: string) => entry('././@LongLink', `${name}\0`, { type: 'L', magic: GNU });
const hidden = (name: string, type: string, linkname = '') =>
  Buffer.concat([header({ name, type, linkname, size: octal(1024) }), entry('hidden'), entry('c'), END]);

/** Archives that somebody broke, or built so that two readers see two things. */
const archives: Readonly<Record<string, Buffer>> = {
  'an archive without an end': Buffer.concat([entry('a'), entry('b')]),
  'one block of zeros in the middle': Buffer.concat([entry('a'), Buffer.alloc(512), entry('b'), END]),
  'a file cut off': Buffer.concat([entry('a'), entry('b', 'x'.repeat(2000)).subarray(0, 1500)]),
  'a header cut off': Buffer.concat([entry('a'), entry('b').subarray(0, 300)]),
  'a wrong sum': Buffer.concat([entry('a'), entry('b', 'data', { isSumWrong: true }), entry('c'), END]),
  'a size of 8 GiB': Buffer.concat([
    entry('a'),
    header({ name: 'b', size: '77777777777' }),
    Buffer.alloc(512),
  ]),
  'a size of 2^63': Buffer.concat([
    entry('a'),
    header({ name: 'b', size: Buffer.from('80000000007fffffffffffff', 'hex') }),
    Buffer.alloc(512),
  ]),
  'a negative size': Buffer.concat([
    entry('a'),
    header({ name: 'b', size: Buffer.alloc(12, 0xff) }),
    entry('c'),
    END,
  ]),
  'a size in base 256': Buffer.concat([
    entry('b', 'data', { size: Buffer.from('800000000000000000000004', 'hex') }),
    entry('c'),
    END,
  ]),
  'a mode that is no number': Buffer.concat([entry('a', 'data', { mode: 'xxxxxxx' }), entry('c'), END]),
  'a mode with the bits of its type': Buffer.concat([entry('a', 'data', { mode: '0100644' }), END]),
  'a long name of pax': Buffer.concat([pax({ path: LONG }), entry('short'), END]),
  'two records of pax': Buffer.concat([pax({ path: 'one' }), pax({ path: 'two' }), entry('short'), END]),
  'a size of pax': Buffer.concat([
    pax({ size: '4' }),
    entry('b', 'data', { size: octal(0) }),
    entry('c'),
    END,
  ]),
  'a negative size of pax': Buffer.concat([pax({ size: '-4' }), entry('b'), entry('c'), END]),
  'a size of pax with an exponent': Buffer.concat([pax({ size: '1e1' }), entry('b'), entry('c'), END]),
  'an empty name of pax': Buffer.concat([pax({ path: '' }), entry('b'), entry('c'), END]),
  'a name of pax with a NUL': Buffer.concat([pax({ path: 'a\0b' }), entry('b'), END]),
  'a name of pax for all': Buffer.concat([pax({ path: 'all' }, 'g'), entry('b'), entry('c'), END]),
  'a record of pax that claims too much': Buffer.concat([
    entry('PaxHeader/x', '99 path=evil\n', { type: 'x' }),
    entry('b'),
    END,
  ]),
  'a record of pax without length': Buffer.concat([
    entry('PaxHeader/x', '0 path=evil\n', { type: 'x' }),
    entry('b'),
    END,
  ]),
  'a record named __proto__': Buffer.concat([pax({ ['__proto__']: 'x', path: 'p' }), entry('b'), END]),
  'nine million octets of pax': Buffer.concat([pax({ comment: 'z'.repeat(9_000_000) }), entry('b'), END]),
  '100,000 records of pax': Buffer.concat([
    pax(Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, 'v']))),
    entry('b'),
    END,
  ]),
  '3,000 headers of pax for one file': Buffer.concat([
    ...Array.from({ length: 3000 }, (_, at) => pax({ path: `p${at}` })),
    entry('b'),
    END,
  ]),
  'a long name of GNU tar': Buffer.concat([longName(LONG), entry('short', 'data', { magic: GNU }), END]),
  'a long name of 8 GiB': Buffer.concat([header({ type: 'L', size: '77777777777' }), Buffer.alloc(512)]),
  'a long name before one of pax': Buffer.concat([longName('gnu'), pax({ path: 'pax' }), entry('b'), END]),
  'a prefix': Buffer.concat([entry('n'.repeat(90), 'data', { prefix: 'p'.repeat(100) }), END]),
  'a prefix that GNU tar uses otherwise': Buffer.concat([
    entry('n', 'data', { prefix: '1234567', magic: GNU }),
    END,
  ]),
  'a folder with contents': hidden('d/', '5'),
  'a symbolic link with contents': hidden('l', '2', 'c'),
  'a hard link with contents': hidden('l', '1', 'a'),
  'a pipe with contents': hidden('p', '6'),
  'an unknown type': Buffer.concat([entry('z', 'data', { type: 'Z' }), entry('c'), END]),
  'a contiguous file': Buffer.concat([entry('z', 'data', { type: '7' }), entry('c'), END]),
  'the format of Unix 7': Buffer.concat([entry('a', 'data', { type: '\0', magic: '\0' }), END]),
  'two files of one name': Buffer.concat([entry('a', 'one'), entry('a', 'other'), END]),
  'an absolute name': Buffer.concat([entry('/a'), entry('c'), END]),
  'a name that leads out': Buffer.concat([entry('../out'), entry('c'), END]),
  'an empty name': Buffer.concat([entry(''), entry('c'), END]),
  'another archive behind the end': Buffer.concat([entry('a'), END, entry('evil'), END]),
  'something else behind the end': Buffer.concat([entry('a'), END, Buffer.from('garbage'.repeat(100))]),
  'one archive in two members of gzip': Buffer.concat([
    gzipSync(entry('a')),
    gzipSync(Buffer.concat([entry('b'), END])),
  ]),
  'two archives in two members of gzip': Buffer.concat(
    ['a', 'b'].map((name) => gzipSync(Buffer.concat([entry(name), END]))),
  ),
  'something else behind gzip': Buffer.concat([
    gzipSync(Buffer.concat([entry('a'), END])),
    Buffer.from('garbage'),
  ]),
  'a gzip cut off': gzipSync(Buffer.concat([entry('a'), END])).subarray(0, -12),
  'an empty file': Buffer.alloc(0),
  'an archive of nothing': END,
  'a text': Buffer.from('hello world '.repeat(400)),
};

/** What GNU tar puts on disk. */
function extract(archive: Buffer): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const file = join(folder, 'archive');
  const root = join(folder, 'root');
  try {
    mkdirSync(root);
    writeFileSync(file, archive);
    spawnSync('tar', ['-xf', file, '-C', root], { stdio: 'ignore' });
    const entries = readdirSync(root, { recursive: true, withFileTypes: true, encoding: 'utf8' });
    return new Map(
      entries
        .filter((found) => found.isFile())
        .map((found) => join(found.parentPath, found.name))
        .map((path) => [relative(root, path), readFileSync(path, 'latin1')] as const)
        .toSorted(byName),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}

async function readStrictly(archive: Buffer): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const files = await readTarball(archive, 'x');
    return new Map(
      files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('latin1')] as const).toSorted(byName),
    );
  } catch (error) {
    if (isEtcdBundleError(error)) return undefined;
    throw error;
  }
}

describe('a tarball that somebody broke', () => {
  it.each(Object.entries(archives))(
    '%s: what is read is what GNU tar extracts, or refused',
    async (_, archive) => {
      const strict = await readStrictly(archive);
      if (strict !== undefined) expect([...strict]).toEqual([...extract(archive)]);
      const { root, isComplete, findings } = await readHostTarball(archive, 'e1');
      if (isComplete && findings.length === 0) {
        const files = root.files
          .filter(({ linkTo }) => linkTo === undefined)
          .map(({ path, bytes }) => [path, Buffer.from(bytes).toString('latin1')] as const);
        expect(files.toSorted(byName)).toEqual([...extract(archive)]);
      }
    },
  );

  it('is read to the end where GNU tar has nothing to say against it either', async () => {
    const sound = [
      'a size in base 256',
      'a long name of pax',
      'a long name of GNU tar',
      'a prefix',
      'a folder with contents',
    ];
    for (const name of [...sound, 'one archive in two members of gzip', 'the format of Unix 7'])
      expect((await readStrictly(archives[name] ?? END))?.size, name).toBeGreaterThan(0);
  });
});
