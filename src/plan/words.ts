import type { ManifestCertificate } from '../bundle/manifest/manifest.js';
import type { Effect } from './effect.js';
import type { Change } from './update.js';

/** Names in a row that are written as a range. */
const RANGE = 3;

/** @internal */
export type EndingCertificate = Pick<ManifestCertificate, 'id' | 'notAfter'>;

const EFFECTS: Readonly<Record<Effect, string>> = {
  copy: 'copy, no restart',
  restart: 'restart, one after the other, leader last',
  none: 'nothing on any host',
};

/**
 * Changes as rows of a table, hosts with the same change together: whom, what, how, and what it needs.
 *
 * @param order - of all hosts
 * @internal
 */
export function changeRows(
  changes: readonly Change[],
  order: readonly string[],
): readonly (readonly [hosts: string, what: string, detail: string, effect: string])[] {
  const rows = new Map<string, { readonly change: Change; readonly hosts: Set<string> }>();
  for (const change of changes) {
    const key = JSON.stringify([change.what, change.detail, change.effect]);
    const row = rows.get(key) ?? { change, hosts: new Set<string>() };
    rows.set(key, row);
    for (const host of change.hosts) row.hosts.add(host);
  }
  return [...rows.values()].map(({ change: { what, detail, effect }, hosts }) => [
    hostList(hosts, order),
    what,
    detail,
    EFFECTS[effect],
  ]);
}

/**
 * The certificate that ends before all others, the first of several that end together; undefined where there is none.
 *
 * @internal
 */
export function firstToEnd(certificates: readonly EndingCertificate[]): EndingCertificate | undefined {
  let first = certificates[0];
  // ISO 8601 in UTC sorts as text.
  for (const certificate of certificates)
    if (first !== undefined && certificate.notAfter < first.notAfter) first = certificate;
  return first;
}

/**
 * Names of hosts, three and more neighbours as a range: `e1–e3, admin`.
 *
 * @internal
 */
export function hostList(hosts: ReadonlySet<string>, order: readonly string[]): string {
  const runs: string[][] = [];
  let isOpen = false;
  for (const name of order) {
    if (!hosts.has(name)) {
      isOpen = false;
      continue;
    }
    if (isOpen) runs.at(-1)?.push(name);
    else runs.push([name]);
    isOpen = true;
  }
  return runs
    .flatMap((run) => (run.length < RANGE ? run : [`${run[0]}–${run.at(-1)}`]))
    .concat([...hosts].filter((name) => !order.includes(name)))
    .join(', ');
}
