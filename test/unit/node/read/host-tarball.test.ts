import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { readHostTarball } from '../../../../src/node/read/host-tarball.js';

interface Entry {
  readonly name: string;
  readonly type?: 'file' | 'symlink' | 'link' | 'directory' | 'character-device';
  readonly linkname?: string;
  readonly mode?: number;
  readonly content?: string | Buffer;
}

async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const packing = pack();
  for (const { content = '', ...header } of entries)
    packing.entry(
      { type: 'file', ...header },
      header.type === undefined || header.type === 'file' ? content : '',
    );
  packing.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of packing) if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function read(entries: readonly Entry[]) {
  const { root, findings } = await readHostTarball(gzipSync(await tar(entries)), 'e1');
  return {
    files: new Map(root.files.map((file) => [file.path, Buffer.from(file.bytes).toString()])),
    root,
    messages: findings.map(({ message }) => message),
  };
}

describe('readHostTarball', () => {
  it('reads what `tar -C root .` packs', async () => {
    const { files, root, messages } = await read([
      { name: './', type: 'directory', mode: 0o755 },
      { name: './etc/etcd/', type: 'directory', mode: 0o700 },
      { name: './etc/etcd/a.key', mode: 0o640, content: 'A' },
    ]);
    expect(messages).toEqual([]);
    expect([...files]).toEqual([['etc/etcd/a.key', 'A']]);
    expect(root.files[0]).toMatchObject({ mode: 0o640, owner: { user: 'root', group: 'root' } });
    expect(root.directories).toMatchObject([{ path: 'etc/etcd', mode: 0o700 }]);
  });

  it('follows links inside the root', async () => {
    const { files, root, messages } = await read([
      { name: 'etc/pki/real.crt', content: 'C' },
      { name: 'etc/a.crt', type: 'symlink', linkname: 'pki/real.crt' },
      { name: 'etc/b.crt', type: 'symlink', linkname: '/etc/a.crt' },
      { name: 'etc/c.crt', type: 'link', linkname: 'etc/pki/real.crt' },
    ]);
    expect(messages).toEqual([]);
    const targets = new Map(root.files.map(({ path, linkTo }) => [path, linkTo]));
    expect([targets.get('etc/a.crt'), targets.get('etc/b.crt')]).toEqual([
      'etc/pki/real.crt',
      'etc/pki/real.crt',
    ]);
    expect([targets.get('etc/c.crt'), targets.get('etc/pki/real.crt')]).toEqual([undefined, undefined]);
    expect([files.get('etc/a.crt'), files.get('etc/b.crt'), files.get('etc/c.crt')]).toEqual(['C', 'C', 'C']);
  });

  it.each([
    [
      'a name that leads out',
      { name: '../../etc/passwd', content: 'x' },
      'The name of this entry has a "." or ".." segment.',
    ],
    [
      'a link that leads out',
      { name: 'etc/a', type: 'symlink', linkname: '../../../etc/shadow' },
      'This link leads out of the folder: "../../../etc/shadow".',
    ],
    [
      'a hard link that leads out',
      { name: 'etc/a', type: 'link', linkname: '../etc/shadow' },
      'This link leads out of the folder: "../etc/shadow".',
    ],
  ] as const)('tells of %s and takes nothing from there', async (_, entry, message) => {
    const { files, messages } = await read([entry]);
    expect(messages).toEqual([message]);
    expect(files.size).toBe(0);
  });

  it('ends where links run in circles', async () => {
    const { files } = await read([
      { name: 'a', type: 'symlink', linkname: 'b' },
      { name: 'b', type: 'symlink', linkname: 'a' },
    ]);
    expect(files.size).toBe(0);
  });

  it('passes over devices and large files', async () => {
    const { files, messages } = await read([
      { name: 'dev/null', type: 'character-device' },
      { name: 'var/lib/etcd/member/snap/db', content: Buffer.alloc(2 ** 21) },
    ]);
    expect([files.size, messages.length]).toEqual([0, 0]);
  });

  it('stops at a bomb in little memory', async () => {
    const zeros = gzipSync(Buffer.alloc(2 ** 20));
    const bomb = Buffer.concat(Array.from({ length: 700 }, () => zeros));
    const before = process.memoryUsage().rss;
    const { findings } = await readHostTarball(bomb, 'e1');
    expect(findings[0]?.message).toMatch(/unpacks to more than|cannot be read/);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });

  it('takes no more for several tarballs than for one', async () => {
    const bytes = gzipSync(
      await tar(['a', 'b'].map((name) => ({ name: `etc/${name}`, content: Buffer.alloc(2 ** 20) }))),
    );
    const budget = { keptBytes: 5 * 2 ** 20, unpacked: { bytes: 2 ** 30 } };
    const complete = async () => (await readHostTarball(bytes, 'e1', 'e1', budget)).isComplete;
    expect([await complete(), await complete(), await complete()]).toEqual([true, true, false]);
    const small = { keptBytes: 2 ** 30, unpacked: { bytes: 5 * 2 ** 20 } };
    const { findings } = await readHostTarball(bytes, 'e1', 'e1', small);
    const { findings: more } = await readHostTarball(bytes, 'e2', 'e2', small);
    const { findings: last } = await readHostTarball(bytes, 'e3', 'e3', small);
    expect([findings, more, last].map((found) => found.map(({ message }) => message))).toEqual([
      [],
      [],
      ['With the tarballs before, it unpacks to too much.'],
    ]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no tar', Buffer.from('x'.repeat(2000))],
    ['half a gzip', gzipSync(Buffer.alloc(10_000)).subarray(0, 20)],
  ])('is done with %s', async (_, bytes) => {
    const { root } = await readHostTarball(bytes, 'e1');
    expect(root.files).toEqual([]);
  });
});
