import { describe, expect, it } from 'vitest';
import { decodePem } from '../../../../src/x509/read/pem.js';

const BLOCK = '-----BEGIN A-----\nAAEC\n-----END A-----\n';

function types(text: string): readonly string[] {
  return decodePem(new TextEncoder().encode(text)).map(({ type }) => type);
}

describe('decodePem', () => {
  it('reads the octets and headers of each block', () => {
    const text = `${BLOCK}between\n-----BEGIN B-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAw==\n-----END B-----`;
    const [a, b] = decodePem(new TextEncoder().encode(text));
    expect(a).toEqual({ type: 'A', headers: new Map(), bytes: Uint8Array.from([0, 1, 2]) });
    expect(b?.headers.get('Proc-Type')).toBe('4,ENCRYPTED');
    expect(b?.bytes).toEqual(Uint8Array.from([3]));
  });

  // Each held against Go's encoding/pem.
  it.each([
    ['text in front', `text\n${BLOCK}`, ['A']],
    ['CRLF', BLOCK.replaceAll('\n', '\r\n'), ['A']],
    ['a byte order mark', `\ufeff${BLOCK}`, []],
    ['a byte order mark before a second block', `\ufeff${BLOCK}${BLOCK.replaceAll('A-', 'B-')}`, ['B']],
    ['a space in front', ` ${BLOCK}`, []],
    ['another type at the end', BLOCK.replace('END A', 'END B'), []],
    ['broken base64', BLOCK.replace('AAEC', 'AAE'), []],
    ['a block after a broken one', BLOCK.replace('AAEC', '!') + BLOCK, ['A']],
    ['a beginning without an end', `-----BEGIN Z-----\nAAEC\n${BLOCK}`, ['A']],
    ['no end at all', '-----BEGIN A-----\nAAEC\n', []],
    ['an empty block', '-----BEGIN A-----\n-----END A-----\n', ['A']],
  ])('treats %s as Go does', (_, text, expected) => {
    expect(types(text)).toEqual(expected);
  });
});
