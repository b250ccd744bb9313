import { type Markup, type MarkupPart, markup } from './markup.js';

/**
 * A column of a table.
 *
 * @internal
 */
export interface Column {
  readonly title: string;
  /** What the style calls its cells. */
  readonly look?: 'number' | 'whole' | 'wide' | 'digest';
}

/**
 * Rows that belong together.
 *
 * @internal
 */
export interface RowGroup {
  /** Above its rows; absent where there is one group alone. */
  readonly title?: MarkupPart;
  readonly rows: readonly (readonly MarkupPart[])[];
}

/**
 * A table that scrolls in itself where it is too wide, so that the page does not. The first cell of a row is its heading.
 *
 * @param id - of the element, and a part of its caption's
 * @internal
 */
export function table(
  id: string,
  caption: string,
  columns: readonly Column[],
  groups: readonly RowGroup[],
): Markup {
  return markup`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-caption">
<table id="${id}">
<caption id="${id}-caption">${caption}</caption>
<thead><tr>${columns.map(({ title, look }) => markup`<th scope="col"${look === 'number' ? markup` class="number"` : ''}>${title}</th>`)}</tr></thead>
${groups.map((group) => rowGroup(columns, group))}</table>
</div>
`;
}

function rowGroup(columns: readonly Column[], { title, rows }: RowGroup): Markup {
  const heading =
    title === undefined
      ? ''
      : markup`<tr><th scope="rowgroup" colspan="${columns.length}">${title}</th></tr>
`;
  return markup`<tbody>
${heading}${rows.map((cells) => row(columns, cells))}</tbody>
`;
}

function row(columns: readonly Column[], cells: readonly MarkupPart[]): Markup {
  return markup`<tr>${cells.map((cell, index) => {
    const look = columns[index]?.look;
    const attribute = look === undefined ? '' : markup` class="${look}"`;
    return index === 0
      ? markup`<th scope="row"${attribute}>${cell}</th>`
      : markup`<td${attribute}>${cell}</td>`;
  })}</tr>
`;
}
