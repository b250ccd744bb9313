import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TextStore } from '../../../src/bundle/manifest/write.js';
import { spilledText } from '../../../src/node/spilled-text.js';

const PIECE = 'é€😀 line\n'.repeat(1_001);
const INSERTED = new TextEncoder().encode(`repeated ${'x'.repeat(300_000)}`);

afterEach(() => {
  vi.unstubAllEnvs();
});

function fill(store: TextStore, times: number): string {
  for (let index = 0; index < times; index += 1) {
    store.write(`${index}${PIECE}`);
    store.insert(INSERTED);
  }
  const inserted = new TextDecoder().decode(INSERTED);
  return Array.from({ length: times }, (_, index) => `${index}${PIECE}${inserted}`).join('');
}

function textOf(store: TextStore): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const texts = Array.from(store.pieces(), (octets) => decoder.decode(octets, { stream: true }));
  return `${texts.join('')}${decoder.decode()}`;
}

describe('spilledText', () => {
  it('gives each store its own text back, as often as asked', () => {
    const { openStore, close } = spilledText();
    const [one, other] = [openStore(), openStore()];
    const expected = [fill(one, 5), fill(other, 3)];
    for (let read = 0; read < 2; read += 1) expect([one, other].map(textOf)).toEqual(expected);
    close();
  });

  it('holds little of it', () => {
    const { openStore, close } = spilledText();
    const store = openStore();
    fill(store, 9);
    const buffers = new Set(Array.from(store.pieces(), ({ buffer }) => buffer));
    const held = [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(held).toBeLessThan(2 ** 19);
    close();
  });

  it('keeps it in memory where there is no room for temporary files', () => {
    vi.stubEnv('TMPDIR', '/nonexistent/folder');
    const { openStore, close } = spilledText();
    const store = openStore();
    expect(textOf(store)).toBe('');
    expect(fill(store, 4)).toBe(textOf(store));
    close();
  });
});
