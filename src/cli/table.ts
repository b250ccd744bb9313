import { largest } from '../text/largest.js';
import { escapeUnprintable } from '../text/unprintable.js';
import type { Style } from './text.js';

/** Indent of a last column that has no room beside the others. */
const BELOW = 4;
const GAP = '  ';

/**
 * Columns of texts, each as wide as its widest cell; the last one is not padded. On a terminal it is wrapped beside the others, or below them where they take
 * more than half of the window.
 *
 * @param head - column names; left out where there are none
 * @param paint - of the first cell of a row
 * @returns lines with their line ends
 * @internal
 */
export function renderTable(
  rows: readonly (readonly string[])[],
  style: Style,
  head: readonly string[] = [],
  paint: (cell: string) => string = (cell) => cell,
): string {
  const cells = [...(head.length > 0 ? [head] : []), ...rows].map((row) => row.map(escapeUnprintable));
  const count = largest(cells.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    largest(cells.map((row) => row[column]?.length ?? 0)),
  );
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
  const longest = before + (widths.at(-1) ?? 0);
  const isBelow = longest > style.width && before > style.width / 2;
  return cells
    .map((row, index) => {
      const isHead = index === 0 && head.length > 0;
      const padded = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      const [first = '', ...others] = padded;
      const start = [isHead ? first : paint(first), ...others.slice(0, -1)].join(GAP);
      const last = others.at(-1)?.trimEnd() ?? '';
      const line = isBelow
        ? `${start.trimEnd()}\n${' '.repeat(BELOW)}${style.wrap(last, BELOW)}`
        : `${start}${GAP}${style.wrap(last, before)}`;
      return `${isHead ? style.bold(line.trimEnd()) : line.trimEnd()}\n`;
    })
    .join('');
}
