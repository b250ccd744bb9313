import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTable } from '../../../src/cli/table.js';
import { styleFor } from '../../../src/cli/text.js';
import { runCli } from './fake-io.js';

const window = (columns: number) =>
  styleFor({ isTTY: true, columns, write: () => undefined }, { env: { NO_COLOR: '1' } });
const pipe = styleFor({ isTTY: false, columns: 20, write: () => undefined }, { env: {} });

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const words = fc.array(word, { minLength: 1, maxLength: 30 }).map((all) => all.join(' '));
const rows = fc.array(fc.tuple(word, word, words), { minLength: 1, maxLength: 8 });

describe('a table', () => {
  it('stays as it is where nobody looks at a window', () => {
    expect(
      renderTable(
        [
          ['a', 'b b b b b b b b b b b b b b b b b'],
          ['aaa', 'c'],
        ],
        pipe,
      ),
    ).toBe('a    b b b b b b b b b b b b b b b b b\naaa  c\n');
  });

  it('wraps its last column beside the others', () => {
    expect(renderTable([['aaaa', 'one two three four five six seven']], window(34))).toBe(
      'aaaa  one two three four five six\n      seven\n',
    );
  });

  it('has its last column below the others where they leave no room', () => {
    expect(renderTable([['a'.repeat(30), 'one two three four five six seven']], window(36))).toBe(
      `${'a'.repeat(30)}\n    one two three four five six\n    seven\n`,
    );
  });

  it('fits every window of 60 characters and more, and keeps its words in order', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 60, max: 200 }), (table, columns) => {
        const text = renderTable(table, window(columns), ['A', 'B', 'C']);
        for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
        expect(text.split(/\s+/).filter((part) => part !== '')).toEqual(
          ['A', 'B', 'C', ...table.flat()].flatMap((cell) => cell.split(' ')),
        );
      }),
    );
  });
});

describe('what a terminal gets', () => {
  it.each([['--help'], ['help', 'verify'], ['help', 'replace'], ['validate'], ['renew', '--witin', 'x']])(
    'fits its 80 characters: %j',
    async (...argv) => {
      const { stdout, stderr } = await runCli(argv, { isTTY: true, env: { NO_COLOR: '1' } });
      const lines = `${stdout}${stderr}`.split('\n');
      // Examples are copied.
      expect(lines.filter((line) => line.length > 80 && !line.startsWith('  etcd-bundle '))).toEqual([]);
    },
  );

  it('paints levels, and a path that is longer than the window stays whole', async () => {
    const path = `/${'no-such-folder-'.repeat(8)}`;
    const { stdout, stderr } = await runCli(['verify', path], { isTTY: true });
    expect(`${stdout}${stderr}`).toContain(path);
    const explained = await runCli(['explain', 'remote error: tls: bad certificate'], { isTTY: true });
    expect(explained.stdout).toMatch(/^\x1b\[3[136]m(?:error|warning|notice)\x1b\[39m /);
  });
});
