import { expect, it } from 'vitest';
import type { HostBundle } from '../../../src/bundle/file-plan.js';
import { packBundle } from '../../../src/bundle/pack.js';
import { tarStream } from '../../../src/bundle/tar-stream.js';

it.each([
  ['plain names', ['usr/local/bin/etcd', 'etc/a']],
  ['long names', [`opt/${'a'.repeat(120)}/etcd`, 'etc/a', `opt/${'b'.repeat(200)}`]],
])('a stream has the bytes of the whole, with %s', async (_, paths) => {
  const files = paths.map((path, index): HostBundle['files'][number] => ({
    path,
    mode: 0o755,
    owner: { user: 'root', group: 'etcd' },
    kind: 'binary',
    bytes: new Uint8Array(index * 700 + 3).fill(65),
  }));
  const chunks: Uint8Array[] = [];
  const sources = files.map((file) => ({ ...file, size: file.bytes.length, open: () => [file.bytes] }));
  for await (const chunk of tarStream('e1', sources)) chunks.push(chunk);
  const whole = await packBundle({ kind: 'member', name: 'e1', files }, (tar) => tar);
  if (paths.every((path) => path.length < 100)) expect(Buffer.concat(chunks).equals(whole)).toBe(true);
  else expect(await namesIn(Buffer.concat(chunks))).toEqual(await namesIn(whole));
});

async function namesIn(tar: Uint8Array): Promise<readonly string[]> {
  const { unpackTar } = await import('modern-tar');
  return (await unpackTar(tar, { strict: true })).map(({ header, data }) => `${header.name} ${data?.length}`);
}
