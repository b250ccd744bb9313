import { largest } from '../../text/largest.js';
import type { HandshakeResult } from './handshake-result.js';

/**
 * One listener's results: who dials in rows, who is dialled in columns.
 *
 * @internal
 */
export interface HandshakeGrid {
  readonly listener: HandshakeResult['listener'];
  readonly columns: readonly string[];
  readonly rows: readonly { readonly from: string; readonly marks: readonly string[] }[];
}

/** @internal */
export interface HandshakeGrids {
  readonly grids: readonly HandshakeGrid[];
  /** The meaning of the marks `1`, `2` …. */
  readonly refusals: readonly string[];
}

const TITLES = {
  peer: 'Peers (each row dials each column)',
  gateway: 'gRPC gateways (each member dials its own client listener)',
  client: 'Clients (each row dials each column)',
} as const;
const OK = 'ok';
/** Nobody dials there. */
const NONE = '-';

/**
 * The results as grids of marks: `ok`, `-` where nobody dials, and numbers of refusals, as data for `--json`.
 *
 * @internal
 */
export function handshakeGrids(results: readonly HandshakeResult[]): HandshakeGrids {
  const refusals = new Map<string, number>();
  const markOf = (found: HandshakeResult | undefined): string => {
    if (found === undefined) return NONE;
    if (found.ok) return OK;
    const numbers = found.refusals.map(({ by, says }) => {
      const text = `the ${by} says: ${says}`;
      const number = refusals.get(text) ?? refusals.size + 1;
      refusals.set(text, number);
      return number;
    });
    return numbers.join(',');
  };
  const listeners = (['peer', 'gateway', 'client'] as const).filter((listener) =>
    results.some((result) => result.listener === listener),
  );
  const grids = listeners.map((listener) => {
    const own = results.filter((result) => result.listener === listener);
    const byPlace = new Map(own.map((result) => [`${result.from}\0${result.to}`, result]));
    const [diallers, dialled] = [new Set(own.map(({ from }) => from)), new Set(own.map(({ to }) => to))];
    // Members come in the same order in rows and columns.
    const columns = [...new Set([...[...diallers].filter((name) => dialled.has(name)), ...dialled])];
    const rows = [...diallers].map((from) => ({
      from,
      marks: columns.map((to) => markOf(byPlace.get(`${from}\0${to}`))),
    }));
    return { listener, columns, rows };
  });
  return { grids, refusals: [...refusals.keys()] };
}

/**
 * The grids as text, with what each number stands for below them. Names come as they are: the caller escapes what a terminal would
 * act on.
 *
 * @internal
 */
export function renderHandshakeGrid(results: readonly HandshakeResult[]): string {
  const { grids, refusals } = handshakeGrids(results);
  const texts = grids.map(({ listener, columns, rows }) => {
    const cells = [['', ...columns], ...rows.map(({ from, marks }) => [from, ...marks])];
    const widths = cells[0]?.map((_, column) => largest(cells.map((row) => row[column]?.length ?? 0))) ?? [];
    const lines = cells.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
    return `${[TITLES[listener], ...lines].join('\n')}\n`;
  });
  const notes = refusals.map((refusal, index) => `${index + 1}  ${refusal}\n`).join('');
  return [...texts, ...(notes === '' ? [] : [notes])].join('\n');
}
