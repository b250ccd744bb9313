import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAuthorityFiles, readDocument } from '../../../../src/node/read/document.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'document-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('readDocument', () => {
  it('reads UTF-8 and says which folder its paths are relative to', async () => {
    expect(await readDocument(write('c.yaml', 'ü: 1\n'))).toEqual({ text: 'ü: 1\n', folder });
    expect(await readDocument('c.yaml', { folder })).toEqual({ text: 'ü: 1\n', folder });
  });

  it('drops a byte order mark', async () => {
    expect(await readDocument(write('c.yaml', '\ufeffmembers: []\n'))).toMatchObject({
      text: 'members: []\n',
    });
  });

  it('reads standard input for "-", in pieces that cut a character', async () => {
    const bytes = Buffer.from('ü: 1\n');
    const stdin = Readable.from([bytes.subarray(0, 1), bytes.subarray(1)]);
    expect(await readDocument('-', { stdin, folder })).toEqual({ text: 'ü: 1\n', folder });
  });

  it('takes "-" for a file name where there is no standard input', async () => {
    write('-', 'file');
    expect(await readDocument('-', { folder })).toEqual({ text: 'file', folder });
  });

  it('takes exactly 1 MiB and no more', async () => {
    const text = '#'.repeat(2 ** 20);
    expect((await readDocument(write('c.yaml', text))).text).toHaveLength(2 ** 20);
    await expect(readDocument(write('c.yaml', `${text}#`))).rejects.toMatchObject({ code: 'invalid-spec' });
    const endless = (async function* () {
      while (true) yield '#'.repeat(1000);
    })();
    await expect(readDocument('-', { stdin: endless })).rejects.toMatchObject({
      issues: [{ code: 'file-too-large', path: '', message: 'The document is too large.' }],
    });
  });

  it.each([
    ['Latin-1', Buffer.from([0x66, 0xfc, 0x72])],
    ['UTF-16', Buffer.from('\ufeffmembers: []', 'utf16le')],
    ['a character cut in two', Buffer.from('ü').subarray(0, 1)],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80])],
  ])('refuses %s', async (_, bytes) => {
    const path = write('c.yaml', bytes);
    await expect(readDocument(path)).rejects.toMatchObject({
      code: 'invalid-spec',
      issues: [{ code: 'not-utf-8', path, message: 'The document is not UTF-8.', cure: 'Save it as UTF-8.' }],
    });
  });

  it.each([
    ['nothing', () => undefined, 'no-such-file', 'The document does not exist.'],
    ['a folder', (path: string) => mkdirSync(path), 'file-is-folder', 'The document is a folder.'],
    [
      'a link that leads nowhere',
      (path: string) => symlinkSync('gone', path),
      'no-such-file',
      'The document does not exist.',
    ],
  ])('refuses %s', async (_, prepare, code, message) => {
    const path = join(folder, 'c.yaml');
    prepare(path);
    await expect(readDocument(path)).rejects.toMatchObject({
      code: 'invalid-spec',
      issues: [{ code, path, message }],
    });
  });

  it('tells a link to itself as a failure of the system', async () => {
    symlinkSync('c.yaml', join(folder, 'c.yaml'));
    await expect(readDocument(join(folder, 'c.yaml'))).rejects.toMatchObject({
      code: 'system',
      issues: [
        {
          code: 'system-call-failed',
          path: join(folder, 'c.yaml'),
          message: expect.stringContaining('ELOOP'),
        },
      ],
    });
  });
});

describe('readAuthorityFiles', () => {
  it('reads both files relative to the folder, or from absolute paths, byte by byte', async () => {
    const key = write('ca.key', Buffer.from([0, 255]));
    write('ca.crt', 'crt');
    const { certificate, key: keyBytes } = await readAuthorityFiles(
      { certificate: 'ca.crt', key },
      folder,
      'certificates.ca',
    );
    expect(Buffer.from(certificate).toString()).toBe('crt');
    expect([...keyBytes]).toEqual([0, 255]);
  });

  it('names every file that cannot be used', async () => {
    mkdirSync(join(folder, 'ca.key'));
    const files = { certificate: 'gone.crt', key: 'ca.key' };
    await expect(readAuthorityFiles(files, folder, 'certificates.peerCa')).rejects.toMatchObject({
      code: 'invalid-authority',
      issues: [
        {
          code: 'no-such-file',
          path: 'certificates.peerCa.certificate',
          message: '"gone.crt" does not exist.',
        },
        { code: 'file-is-folder', path: 'certificates.peerCa.key', message: '"ca.key" is a folder.' },
      ],
    });
  });
});
