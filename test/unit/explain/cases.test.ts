import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainMessage } from '../../../src/explain/diagnosis.js';

/**
 * What people asked about in public threads, with hosts and names made up, and the same in other words: one file a kind, one line a
 * case, the id of the right explanation first; `-` where nothing is wrong.
 */
const folder = join(import.meta.dirname, 'cases');
const kinds = readdirSync(folder).map((file) => ({
  kind: file.replace(/\.txt$/, ''),
  cases: readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => {
      const space = row.indexOf(' ');
      return { id: row.slice(0, space), line: row.slice(space + 1) };
    }),
}));

describe.each(kinds)('lines about $kind', ({ cases }) => {
  it('are ten at least', () => expect(cases.length).toBeGreaterThanOrEqual(10));

  it.each(cases)('$id: $line', ({ id, line }) => {
    const { explanations, unknown } = explainMessage(line);
    expect(unknown).toEqual([]);
    expect(explanations[0]?.id ?? '-').toBe(id);
    for (const { cause, cure } of explanations)
      expect(`${cause}${cure}`).not.toMatch(/\[\[|\]\]|undefined|<story>|<remedy>/);
  });
});

it('is the table of test/README.md', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  for (const { kind, cases } of kinds)
    expect(readme).toContain(`| ${kind} | ${cases.length} | ${cases.length} |`);
  const sum = kinds.reduce((total, { cases }) => total + cases.length, 0);
  expect(readme).toContain(`| all | ${sum} | ${sum} |`);
});
