import type { HoldingCell, HoldingRow, Holdings } from '../facts/facts.js';
import { type Markup, type MarkupPart, markup } from './markup.js';
import { table } from './table.js';
import { codes } from './words.js';

/**
 * Who holds pairs of which authority, and whom it lets in.
 *
 * @internal
 */
export function holdings({ authorities, rows }: Holdings): Markup {
  if (authorities.length === 0)
    return markup`<p>No authority was found: nobody has to show a certificate.</p>
`;
  const columns = authorities.map(({ letter }) => ({ title: `Authority ${letter}`, look: 'wide' as const }));
  const body = alike(rows).map(({ names, cells }): readonly MarkupPart[] => {
    const byAuthority = new Map(cells.map((cell) => [cell.authority, cell]));
    return [codes(names), ...authorities.map((_, index) => cellText(byAuthority.get(index)))];
  });
  return markup`<dl>
${authorities.map(
  ({
    letter,
    subject,
    fingerprint,
  }) => markup`<dt>Authority ${letter}</dt><dd><a href="#certificate-${fingerprint}"><code>${subject}</code></a>, SHA-256 <code>${fingerprint}</code></dd>
`,
)}</dl>
${table('holdings', 'Whoever holds a pair of an authority is let in by those who trust it', [{ title: 'Who' }, ...columns], [{ rows: body }])}`;
}

interface AlikeRows {
  readonly names: string[];
  readonly cells: HoldingRow['cells'];
}

/** The members of a cluster are as a rule alike. */
function alike(rows: readonly HoldingRow[]): readonly AlikeRows[] {
  const groups = new Map<string, AlikeRows>();
  for (const { who, cells } of rows) {
    const key = JSON.stringify(cells);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { names: [who], cells });
    else group.names.push(who);
  }
  return [...groups.values()];
}

function cellText(cell: HoldingCell | undefined): MarkupPart {
  if (cell === undefined) return markup`<span class="quiet">nothing</span>`;
  const { holds, trusts } = cell;
  const lines = [
    ...(holds.length > 0 ? [markup`<li>holds: ${holds.join(', ')}</li>`] : []),
    ...(trusts.length > 0 ? [markup`<li>trusts its ${trusts.join(', ')}</li>`] : []),
  ];
  return markup`<ul>${lines}</ul>`;
}
