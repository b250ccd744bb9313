import { largest } from '../text/largest.js';
import { escapeUnprintable } from '../text/unprintable.js';
import type { Style } from './text.js';

/**
 * Columns of texts, each as wide as its widest cell; the last one is not padded.
 *
 * @param head - column names; left out where there are none
 * @returns lines with their line ends
 * @internal
 */
export function renderTable(
  rows: readonly (readonly string[])[],
  style: Style,
  head: readonly string[] = [],
): string {
  const cells = [...(head.length > 0 ? [head] : []), ...rows].map((row) => row.map(escapeUnprintable));
  const count = largest(cells.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    largest(cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row, index) => {
      const line = row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd();
      return `${index === 0 && head.length > 0 ? style.bold(line) : line}\n`;
    })
    .join('');
}
