import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithHosts } from '../../programs/describe.js';
import type { ProgramName } from '../../programs/programs.js';
import type { Host } from '../host.js';
import { createHosts, type Hosts } from '../hosts.js';
import { KINDS } from './cases.js';
import { EXCEPTIONS } from './exceptions.js';
import { LABORATORY_RELEASE, makeKeys, tryCase } from './laboratory.js';
import { ADDRESS, type LaboratoryCase } from './laboratory-case.js';

/** Every which case runs without ETCD_BUNDLE_LABORATORY=all. */
const SAMPLE = process.env['ETCD_BUNDLE_LABORATORY'] === 'all' ? 1 : 5;
const PROGRAMS: readonly ProgramName[] = [
  'etcd-3.4',
  'etcdctl-3.4',
  'etcd-3.5',
  'etcdctl-3.5',
  'etcdutl-3.5',
  'etcd-3.6',
  'etcdctl-3.6',
  'etcdutl-3.6',
  'etcd-3.7',
  'etcdctl-3.7',
  'etcdutl-3.7',
];
/** Of a hundred hosts those that may be judged otherwise than etcd and systemd do, each by its name. */
const ALLOWED = 2;

describeWithHosts(PROGRAMS, 'a host is judged as etcd and systemd do', () => {
  let hosts: Hosts;
  let host: Host;
  const table: string[] = [];

  beforeAll(async () => {
    hosts = await createHosts({
      cluster: 'laboratory',
      hosts: [{ name: 'a1', addresses: [`${ADDRESS}/24`] }],
      etcd: LABORATORY_RELEASE,
    });
    host = hosts.host('a1');
    await hosts.boot();
    await makeKeys(host);
  });
  afterAll(async () => {
    await hosts?.down();
    const file = process.env['ETCD_BUNDLE_LABORATORY_TABLE'];
    if (file !== undefined) writeFileSync(file, `${table.join('\n')}\n`);
  });

  const rows = KINDS.flatMap(({ kind, cases }) =>
    cases.map((of): readonly [string, LaboratoryCase] => [`${kind}: ${of.name}`, of]),
  ).filter((_, index) => index % SAMPLE === 0);

  it.each(rows)('%s', async (name, of) => {
    const { runs, said, errors } = await tryCase(host, of);
    const judged = errors.length === 0;
    table.push([name, runs, judged, errors[0]?.rule ?? '', said.split('\n').at(-1)].join('\t'));
    expect({ runs, said: runs === of.runs ? '' : said }).toEqual({ runs: of.runs, said: '' });
    const why = errors.map(({ rule, message }) => `${rule}: ${message}`).join('\n');
    const isException = EXCEPTIONS.some((exception) => exception.name === name);
    // One that is judged alike by now is none any more.
    expect(judged, `${said}\n${why}`).toBe(isException ? !runs : runs);
  });

  it('names no more exceptions than two of a hundred hosts, each of them a case', () => {
    const all = KINDS.flatMap(({ kind, cases }) => cases.map(({ name }) => `${kind}: ${name}`));
    expect(EXCEPTIONS.filter(({ name }) => !all.includes(name))).toEqual([]);
    expect(EXCEPTIONS.length).toBeLessThanOrEqual((ALLOWED * all.length) / 100);
    expect(new Set(all).size).toBe(all.length);
  });
});
