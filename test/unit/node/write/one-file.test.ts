import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEtcdBundleError } from '../../../../src/index.js';
import { writeOneFile } from '../../../../src/node/write/one-file.js';
import { makeFolder } from '../../cli/fake-io.js';

const TEXT = new TextEncoder().encode('text');

async function codeOf(writing: Promise<void>): Promise<string | undefined> {
  try {
    await writing;
    return undefined;
  } catch (error) {
    if (!isEtcdBundleError(error)) throw error;
    return error.issues[0]?.code;
  }
}

describe('one file', () => {
  it('is written whole, and nothing is left beside it', async () => {
    const folder = makeFolder();
    await writeOneFile(join(folder, 'r.html'), TEXT);
    expect(readdirSync(folder)).toEqual(['r.html']);
    expect(readFileSync(join(folder, 'r.html'), 'utf8')).toBe('text');
    expect(lstatSync(join(folder, 'r.html')).nlink).toBe(1);
  });

  it.each([false, true])('takes the place of no folder and no link, forced: %s', async (force) => {
    const folder = makeFolder({ 'a/b': 'other' });
    symlinkSync('a/b', join(folder, 'link'));
    symlinkSync('nowhere', join(folder, 'dangling'));
    const expected = force ? 'output-not-a-file' : 'output-file-exists';
    for (const name of ['a', 'link', 'dangling'])
      expect(await codeOf(writeOneFile(join(folder, name), TEXT, { force })), name).toBe(expected);
    expect(readdirSync(folder).sort()).toEqual(['a', 'dangling', 'link']);
    expect(readFileSync(join(folder, 'a/b'), 'utf8')).toBe('other');
  });

  it('does not replace what came meanwhile', async () => {
    const folder = makeFolder();
    const path = join(folder, 'r.html');
    // Asked at the last moment before the file is put in its place.
    const signal = {
      aborted: false,
      reason: undefined,
      throwIfAborted: () => writeFileSync(path, 'faster'),
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    };
    expect(await codeOf(writeOneFile(path, TEXT, { signal }))).toBe('output-file-exists');
    expect(readFileSync(path, 'utf8')).toBe('faster');
    expect(readdirSync(folder)).toEqual(['r.html']);
  });

  it('leaves everything as it was where it is interrupted', async () => {
    const folder = makeFolder({ 'r.html': 'former' });
    const signal = AbortSignal.abort(new Error('interrupted'));
    await expect(writeOneFile(join(folder, 'r.html'), TEXT, { force: true, signal })).rejects.toThrow(
      'interrupted',
    );
    expect(readdirSync(folder)).toEqual(['r.html']);
    expect(readFileSync(join(folder, 'r.html'), 'utf8')).toBe('former');
  });

  it('makes no folder', async () => {
    const folder = makeFolder();
    expect(await codeOf(writeOneFile(join(folder, 'none/r.html'), TEXT))).toBe('no-such-file');
    mkdirSync(join(folder, 'none'));
    expect(await codeOf(writeOneFile(join(folder, 'none/r.html'), TEXT))).toBeUndefined();
  });
});
