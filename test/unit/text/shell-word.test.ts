import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../../src/text/shell-word.js';

describe('a word of a command', () => {
  it.each([
    ['/etc/etcd/pki/server.key', '/etc/etcd/pki/server.key'],
    ['/srv/my keys/a.key', "'/srv/my keys/a.key'"],
    ['$(reboot)', "'$(reboot)'"],
    ["it's", "'it'\\''s'"],
    ['~root', "'~root'"],
    ['', "''"],
  ])('%j is written %s', (text, written) => {
    expect(shellWord(text)).toBe(written);
  });

  it('is what the shell reads', () => {
    const word = fc
      .string({ unit: 'grapheme-ascii', maxLength: 20 })
      .map((text) => text.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 200 }), (words) => {
        const command = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
        expect(execFileSync('sh', ['-c', command]).toString()).toBe(
          words.map((text) => `${text}\0`).join(''),
        );
      }),
      { numRuns: 10 },
    );
  });
});
