import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseClusterDocument, readManifest } from '../../../src/index.js';
import { generateBundle, generateBundleWithPrograms, nodeCryptoProvider } from '../../../src/node/index.js';

const DOCUMENT = 'members: [{name: e1, address: 10.0.0.1}, {name: e2, address: 10.0.0.2}]\n';
const NOW = 1_800_000_000;
const spec = parseClusterDocument(DOCUMENT);

function options() {
  return { crypto: nodeCryptoProvider(), now: NOW, document: DOCUMENT };
}

it('gives the manifest in pieces, which come again and are what its sum says', async () => {
  const contents = new Map<string, Buffer>();
  const streamed: string[] = [];
  for await (const file of generateBundleWithPrograms(spec, undefined, options())) {
    if ('bytes' in file) {
      contents.set(file.path, Buffer.from(file.bytes));
      continue;
    }
    streamed.push(file.path);
    const reads: Buffer[] = [];
    for (let read = 0; read < 2; read += 1) {
      const pieces: Uint8Array[] = [];
      for await (const piece of file.open()) pieces.push(piece);
      expect(pieces.length).toBeGreaterThan(1);
      reads.push(Buffer.concat(pieces));
    }
    expect(reads[0]?.equals(reads[1] ?? Buffer.of())).toBe(true);
    contents.set(file.path, reads[0] ?? Buffer.of());
  }
  expect(streamed).toEqual(['bundle.json']);
  const manifest = contents.get('bundle.json') ?? Buffer.of();
  expect(readManifest(manifest.toString())?.hosts.map(({ name }) => name)).toEqual(['e1', 'e2', 'admin']);
  const sum = createHash('sha256').update(manifest).digest('hex');
  expect(contents.get('SHA256SUMS')?.toString()).toContain(`${sum}  bundle.json\n`);
});

it('gives everything in one piece to those who ask for that', async () => {
  const paths: string[] = [];
  for await (const { path, bytes } of generateBundle(spec, options())) if (bytes.length > 0) paths.push(path);
  expect(paths).toContain('bundle.json');
  expect(paths.at(-1)).toBe('SHA256SUMS');
});

it('makes no tarball without the programs that the document names', async () => {
  const archive = parseClusterDocument(`${DOCUMENT}etcd: {archive: a.tar.gz}\n`);
  const refused = { code: 'invalid-spec', issues: [{ code: 'archive-not-read' }] };
  await expect(generateBundle(archive, options()).next()).rejects.toMatchObject(refused);
  await expect(generateBundleWithPrograms(archive, undefined, options()).next()).rejects.toMatchObject(
    refused,
  );
});
