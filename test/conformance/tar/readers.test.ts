import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { TarArchive } from 'archiver';
import { extract as readTar } from 'tar-stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packBundle } from '../../../src/bundle/pack.js';
import type { FilePlan } from '../../../src/index.js';
import { archiveBundle } from '../../../src/node/archive.js';
import { readHostTarball } from '../../../src/node/read/host-tarball.js';
import { readTarball } from '../../../src/node/read/tarball.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { putAll } from '../../support/put-files.js';

const OWNER = { user: 'root', group: 'etcd' } as const;

function file(path: string, text: string, mode: number): FilePlan {
  return { path, mode, owner: OWNER, kind: 'environment', bytes: Buffer.from(text) };
}

/** Names of every length that a header has another place for, in an order of their own. */
const files = [
  file('etc/etcd/pki/server.key', 'key', 0o640),
  file('etc/empty', '', 0o600),
  file('etc/ünïcode/日本語', 'text', 0o644),
  file(`etc/${'n'.repeat(96)}`, 'exactly 100', 0o644),
  file(`etc/${'n'.repeat(97)}`, 'one more', 0o644),
  file(`${'d/'.repeat(77)}${'n'.repeat(100)}`, 'the longest that ustar has a place for', 0o755),
  file(`${'ü'.repeat(90)}/${'é'.repeat(90)}`, 'long and not ASCII', 0o644),
  file(`${'deep/'.repeat(200)}${'n'.repeat(250)}`, 'for pax alone', 0o644),
  file('etc/block', 'x'.repeat(512), 0o644),
  file('etc/large', 'y'.repeat(300_000), 0o644),
];
const bundle = { kind: 'member', name: 'e1', files } as const;
const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));

/** Of a reader or a folder: what is below, with its contents and mode. */
function contentsOf(root: string): readonly unknown[] {
  return readdirSync(root, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(root, path), statSync(path).mode & 0o777, readFileSync(path, 'utf8')])
    .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}

describeWithPrograms(['bsdtar', 'busybox'], 'tarballs and other people’s tar', (program) => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'etcd-bundle-tar-'));
    writeFileSync(join(folder, 'e1.tar.gz'), await archiveBundle(bundle));
    putAll(join(folder, 'packed'), files);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const tars = {
    'GNU tar': () => ['tar'],
    bsdtar: () => [program('bsdtar').path],
    busybox: () => [program('busybox').path, 'tar'],
  } as const;

  it.each(Object.entries(tars))('%s extracts what was packed, without a word', (name, command) => {
    const root = join(folder, name);
    mkdirSync(root);
    const [path = '', ...first] = command();
    const said = spawnSync(path, [...first, '-xzpf', join(folder, 'e1.tar.gz'), '-C', root], {
      encoding: 'utf8',
    });
    expect([said.status, said.stderr]).toEqual([0, '']);
    expect(contentsOf(root)).toEqual(
      sorted.map(({ path: packed, mode, bytes }) => [packed, mode, Buffer.from(bytes).toString()]),
    );
  });

  it('tarfile of Python and tar-stream read it, owners included', async () => {
    const expected = sorted.map(({ path, mode, bytes }) => [path, mode, 0, 0, 'root', 'etcd', bytes.length]);
    const script = `import tarfile, sys, json
print(json.dumps([[m.name, m.mode, m.uid, m.gid, m.uname, m.gname, m.size] for m in tarfile.open(sys.argv[1])]))`;
    const python = execFileSync('python3', ['-c', script, join(folder, 'e1.tar.gz')], { encoding: 'utf8' });
    expect(JSON.parse(python)).toEqual(expected);
    const reading = readTar();
    reading.end(Buffer.from(await packBundle(bundle, (tar) => tar)));
    const read: unknown[] = [];
    for await (const entry of reading) {
      const { name, mode, uid, gid, uname, gname, size } = entry.header;
      read.push([name, mode, uid, gid, uname, gname, size]);
      entry.resume();
    }
    expect(read).toEqual(expected);
  });

  it('has the entries of archiver, in its order, with its contents', async () => {
    const archive = new TarArchive();
    for (const { path, mode, bytes } of sorted) {
      const date = new Date(315_532_800_000);
      // @types/archiver leaves the ids and names of owners out of what tar entries may have.
      const entry = { name: path, mode, date, uid: 0, gid: 0, uname: OWNER.user, gname: OWNER.group };
      archive.append(Buffer.from(bytes), entry);
    }
    const [theirs] = await Promise.all([buffer(archive), archive.finalize()]);
    expect(await readTarball(theirs, 'theirs')).toEqual(
      await readTarball(await archiveBundle(bundle), 'ours'),
    );
  });

  it.each([
    ['GNU tar', 'gnu', () => ['tar', '--format=gnu']],
    ['GNU tar', 'pax', () => ['tar', '--format=pax']],
    ['GNU tar', 'sparse pax', () => ['tar', '--format=pax', '--sparse']],
    ['bsdtar', 'pax', () => [program('bsdtar').path, '--format', 'pax']],
    ['bsdtar', 'gnutar', () => [program('bsdtar').path, '--format', 'gnutar']],
    ['busybox', 'its own', () => [program('busybox').path, 'tar']],
  ])('what %s packs (%s) is read', async (name, format, command) => {
    const made = join(folder, `${name}-${format}.tar.gz`);
    const [path = '', ...first] = command();
    execFileSync(path, [...first, '-czf', made, '-C', join(folder, 'packed'), '.'], { stdio: 'ignore' });
    const { root, findings, isComplete } = await readHostTarball(readFileSync(made), 'e1');
    expect([findings, isComplete]).toEqual([[], true]);
    expect(
      root.files
        .map(({ path: read, mode, bytes }) => [read, mode, Buffer.from(bytes).toString()])
        .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    ).toEqual(contentsOf(join(folder, 'packed')));
  });
});
