import { describe, expect, it } from 'vitest';
import { codeFrame } from '../../../src/cli/code-frame.js';

const plain = { bold: String, dim: String, red: String };

describe('a code frame', () => {
  it('has the caret below the column', () => {
    expect(codeFrame(['a:', '\tb: 1\r'], 2, 5, plain)).toBe(
      '  2 | b: 1\n'.replace('| ', '|  ').concat('    |     ^\n'),
    );
  });

  it('shows a part of a long line, and nothing that moves a cursor', () => {
    const frame = codeFrame([`${'x '.repeat(150)}\u001b[2J${'y '.repeat(150)}`], 1, 301, plain);
    const [line = '', caret = ''] = frame.split('\n');
    expect(line).toContain('…x x');
    expect(line).toContain('\\u{1b}[2Jy y');
    expect(line.at(-1)).toBe('…');
    expect(line.length).toBeLessThan(120);
    expect(line.slice(caret.indexOf('^'))).toMatch(/^\\u\{1b\}/);
  });

  it('is empty for a line that holds a password or a private key', () => {
    expect(codeFrame(['  cors: https://user:secret@host'], 1, 9, plain)).toBe('');
    expect(codeFrame(['key: -----BEGIN EC PRIVATE KEY-----'], 1, 1, plain)).toBe('');
    expect(codeFrame([`key: ${'MHcCAQEE'.repeat(8)}`], 1, 1, plain)).toBe('');
  });

  it('is empty for a line that is not there', () => {
    expect(codeFrame(['a'], 2, 1, plain)).toBe('');
  });
});
