import type { ClusterSpec } from '../cluster-spec.js';
import { type DnsRecord, discoveryRecords } from '../etcd/discovery-srv.js';
import { largest } from '../text/largest.js';

/**
 * What the runbook says of DNS: the records that have to be there before the first member starts.
 *
 * @returns no lines where initial-cluster lists the members
 * @internal
 */
export function discoveryLines(spec: ClusterSpec): readonly string[] {
  const { discovery } = spec.cluster;
  if (discovery === undefined) return [];
  const records = discoveryRecords(spec, discovery);
  const addressed = new Set(records.flatMap(({ type, owner }) => (type === 'SRV' ? [] : [owner])));
  const names = new Set(
    records.flatMap(({ type, data }) => (type === 'SRV' ? [data.slice(data.lastIndexOf(' ') + 1)] : [])),
  );
  const elsewhere = [...names].filter((name) => !addressed.has(name));
  return [
    '',
    `Members find each other in the domain \`${discovery.domain}\`. Make these records in its zone; every member has to see all of them when it first starts:`,
    '',
    ...['```dns', ...zone(records), '```'],
    ...(elsewhere.length === 0
      ? []
      : [
          '',
          `${elsewhere.map((name) => `\`${name.slice(0, -1)}\``).join(', ')} must resolve to the member that has the name.`,
        ]),
    '',
    'On a member that has dig, this prints them:',
    '',
    ...['```sh', `getent hosts ${[...names].map((name) => name.slice(0, -1)).join(' ')}`],
    ...[...new Set(records.flatMap(({ type, owner }) => (type === 'SRV' ? [owner.slice(0, -1)] : [])))].map(
      (owner) => `dig +short SRV ${owner}`,
    ),
    '```',
  ];
}

/** In columns. */
function zone(records: readonly DnsRecord[]): readonly string[] {
  const width = largest(records.map(({ owner }) => owner.length));
  return records.map(({ owner, type, data }) => `${owner.padEnd(width)}  IN  ${type.padEnd(4)}  ${data}`);
}
