import type { ExpiryGap, PathsExpiry } from '../node/expiry-paths.js';
import { counted } from '../text/counted.js';
import { escapeUnprintable } from '../text/unprintable.js';
import { type Ending, type EndingHolder, isDue } from '../verify/expiry/ending.js';
import { listed } from '../verify/group-findings.js';
import { renderTable } from './table.js';
import type { Style } from './text.js';

/** Characters of the column of holders. */
const COLUMN = 64;
const HOUR = 3_600_000;

/**
 * What ends when, for people: one line each, and what of it is due.
 *
 * @param within - as it was asked for
 * @internal
 */
export function renderExpiry(
  { at, endings, gaps }: Pick<PathsExpiry, 'at' | 'endings' | 'gaps'>,
  within: string | undefined,
  style: Style,
): string {
  if (endings.length === 0) return renderGaps(gaps);
  const rows = endings.map((ending) => [
    endText(ending) ?? 'never',
    leftText(ending, at),
    whatText(ending),
    ending.type === 'revocation-list'
      ? ending.issuer
      : ending.subject === ''
        ? '(empty subject)'
        : ending.subject,
    ending.type === 'revocation-list' ? '' : ending.serialNumber,
    holdersText(ending.holders),
  ]);
  const table = renderTable(rows, style, ['ENDS', 'LEFT', 'WHAT', 'SUBJECT', 'SERIAL', 'HELD BY']);
  return `${table}${renderSummary(endings, within)}${renderGaps(gaps)}`;
}

function endText(ending: Ending): string | undefined {
  return ending.type === 'revocation-list' ? ending.nextUpdate : ending.notAfter;
}

function leftText(ending: Ending, at: string): string {
  const end = endText(ending);
  if (end === undefined) return '';
  const milliseconds = Date.parse(end) - Date.parse(at);
  const span = spanText(Math.abs(milliseconds));
  if (ending.state === 'ended') return `ended ${span} ago`;
  return ending.type !== 'revocation-list' && Date.parse(ending.notBefore) > Date.parse(at)
    ? `${span}, not valid before ${ending.notBefore}`
    : span;
}

function spanText(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR);
  const days = Math.floor(hours / 24);
  if (days > 0) return counted(days, 'day');
  return hours > 0 ? counted(hours, 'hour') : 'less than an hour';
}

function whatText(ending: Ending): string {
  switch (ending.type) {
    case 'authority':
      return 'CA';
    case 'leaf':
      return ending.roles.join(', ');
    case 'revocation-list':
      return 'CRL';
  }
}

/** Hosts that have it at the same place are named together. */
function holdersText(holders: readonly EndingHolder[]): string {
  const byPath = new Map<string, string[]>();
  for (const { host, path } of holders)
    byPath.set(path, [...(byPath.get(path) ?? []), ...(host === undefined ? [] : [host])]);
  const places = [...byPath].map(([path, hosts]) => (hosts.length === 0 ? path : `${listed(hosts)}:${path}`));
  return listed(places, COLUMN);
}

function renderSummary(endings: readonly Ending[], within: string | undefined): string {
  const certificates = endings.filter(({ type }) => type !== 'revocation-list').length;
  const lists = endings.length - certificates;
  const what = [
    ...(certificates === 0 ? [] : [counted(certificates, 'certificate')]),
    ...(lists === 0 ? [] : [counted(lists, 'revocation list')]),
  ].join(' and ');
  const count = (state: Ending['state']): number => endings.filter((ending) => ending.state === state).length;
  const due = within === undefined ? '' : `, ${count('due')} within ${within}`;
  const isListDue = endings.some((ending) => ending.type === 'revocation-list' && isDue(ending));
  const hint = isListDue
    ? 'etcd does not look at the next update of a revocation list, and goes on with one that is past it; other programs do not.\n'
    : '';
  return escapeUnprintable(`${what}: ${count('ended')} ended${due}.`).concat('\n', hint);
}

function renderGaps(gaps: readonly ExpiryGap[]): string {
  const [first] = gaps;
  if (first === undefined) return '';
  const places = gaps.map(({ host, path, why }) => `${host}:${path} ${why}`);
  return `${escapeUnprintable(`Not looked at: ${listed(places)}.`)}\n`;
}
