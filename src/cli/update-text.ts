import { join } from 'node:path';
import type { BundleState } from '../bundle/state.js';
import type { OutputResult } from '../node/write/output.js';
import { hasTarball, type Update } from '../plan/update.js';
import { changeRows, firstToEnd, hostList, memberPlaces } from '../plan/words.js';
import { escapeUnprintable } from '../text/unprintable.js';
import { renderTable } from './table.js';
import type { Style } from './text.js';

/**
 * What a command that makes a generation says to people.
 *
 * @param written - absent where nothing was
 * @internal
 */
export function renderUpdateText(
  state: BundleState,
  update: Update,
  written: OutputResult | undefined,
  style: Style,
): string {
  const { changes, notices } = update;
  const table = changes.length === 0 ? '' : renderTable(changeRows(changes, state.manifest.hosts), style);
  const outcome =
    written === undefined
      ? [...(changes.length === 0 ? [nothing(state, update)] : []), 'Nothing was written.']
      : describeWritten(state, update, written, style);
  return `${table}${[...notices, ...outcome].map((line) => `${style.wrap(line, 2)}\n`).join('')}`;
}

function nothing({ manifest: { certificates } }: BundleState, { action }: Update): string {
  if (action === 'update') return 'Nothing to do: the hosts have what the document says.';
  const first = firstToEnd(certificates);
  const end =
    first === undefined ? '' : `: the first certificate to end is ${first.id}, on ${first.notAfter}`;
  return escapeUnprintable(`Nothing is due${end}.`);
}

function describeWritten(
  { manifest }: BundleState,
  { hosts }: Update,
  { directory, previous, leftovers }: OutputResult,
  style: Style,
): readonly string[] {
  const packed = hostList(new Set(hosts.filter(hasTarball).map(({ name }) => name)), memberPlaces(hosts));
  const headline = `Wrote generation ${manifest.generation + 1} to ${directory}${packed === '' ? '' : `, with tarballs for ${packed}`}`;
  return [
    style.bold(escapeUnprintable(headline)),
    ...(previous === undefined ? [] : [`Generation ${manifest.generation} is in ${previous}.`]),
    ...leftovers.map(
      (path) => `${path} is left over from another run: remove it unless that run is still going.`,
    ),
    `Next: ${join(directory, 'RUNBOOK.md')}`,
  ].map((line, index) => (index === 0 ? line : escapeUnprintable(line)));
}
