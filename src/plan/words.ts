import type { HostBundle } from '../bundle/file-plan.js';
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
  join: 'member add, start, promote',
  rejoin: 'member remove, member add, start',
  leave: 'stop, member remove',
  reread: 'copy, restart of what has read it',
  together: 'copy, restart of all members together',
  unread: 'nothing: a member with data does not read it',
  restore: 'stop all, restore, start all',
  none: 'nothing on any host',
};

/**
 * Changes as rows of a table, hosts with the same change together: whom, what, how, and what it needs.
 *
 * @param hosts - in their order
 * @internal
 */
export function changeRows(
  changes: readonly Change[],
  hosts: readonly NamedHost[],
): readonly (readonly [hosts: string, what: string, detail: string, effect: string])[] {
  const rows = new Map<string, { readonly change: Change; readonly hosts: Set<string> }>();
  const places = memberPlaces(hosts);
  for (const change of changes) {
    const key = JSON.stringify([change.what, change.detail, change.effect]);
    const row = rows.get(key) ?? { change, hosts: new Set<string>() };
    rows.set(key, row);
    for (const host of change.hosts) row.hosts.add(host);
  }
  return [...rows.values()].map(({ change: { what, detail, effect }, hosts }) => [
    hostList(hosts, places),
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

type NamedHost = Pick<HostBundle, 'name' | 'kind'>;

/**
 * Where each member stands among the members, by their names: a range from a member to a client would say nothing.
 *
 * @internal
 */
export function memberPlaces(hosts: readonly NamedHost[]): ReadonlyMap<string, number> {
  const members = hosts.filter(({ kind }) => kind === 'member');
  return new Map(members.map(({ name }, place) => [name, place]));
}

/**
 * Names of hosts, three and more neighbours as a range: `e1–e3, admin`.
 *
 * @param places - where each stands; those without a place come last
 * @internal
 */
export function hostList(hosts: ReadonlySet<string>, places: ReadonlyMap<string, number>): string {
  const placed = [...hosts]
    .flatMap((name) => {
      const place = places.get(name);
      return place === undefined ? [] : [{ name, place }];
    })
    .sort((a, b) => a.place - b.place);
  const runs: string[][] = [];
  let next: number | undefined;
  for (const { name, place } of placed) {
    if (place === next) runs.at(-1)?.push(name);
    else runs.push([name]);
    next = place + 1;
  }
  return runs
    .flatMap((run) => (run.length < RANGE ? run : [`${run[0]}–${run.at(-1)}`]))
    .concat([...hosts].filter((name) => !places.has(name)))
    .join(', ');
}
