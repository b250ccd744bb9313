import { expect, it } from 'vitest';
import type { Finding } from '../../../../src/verify/finding.js';
import { describeRule } from './describe-rule.js';
import { flag, type Hosts, soundHosts, UNIT } from './hosts.js';

const EVENTS = UNIT.replace('etcd.', 'etcd-events.');

/** A second cluster on e1 and e2, with these words. */
function second(hosts: Hosts, words: (index: number) => string): Hosts {
  return [1, 2].reduce(
    (all, index) =>
      all.put(`e${index}`, EVENTS, `[Service]\nUser=etcd\nExecStart=/usr/bin/etcd ${words(index)}\n`),
    hosts,
  );
}

const events = (index: number, peer = 2382, data = '/var/lib/etcd-events', client = 2383): string =>
  [
    `--name events${index} --data-dir ${data} --initial-cluster-token events`,
    `--listen-client-urls http://127.0.0.1:${client} --advertise-client-urls http://127.0.0.1:${client}`,
    `--listen-peer-urls http://10.0.0.${index}:${peer} --initial-advertise-peer-urls http://10.0.0.${index}:${peer}`,
    `--initial-cluster events1=http://10.0.0.1:${peer},events2=http://10.0.0.2:${peer}`,
  ].join(' ');

describeRule('shared-host', [
  [
    'one data directory for two members',
    'error',
    (hosts) => second(hosts, (index) => events(index, 2382, '/var/lib/etcd')),
  ],
  [
    'one socket for two members',
    'error',
    (hosts) =>
      [1, 2].reduce(
        (all, index) =>
          all.unit(
            `e${index}`,
            flag('listen-client-urls', `https://10.0.0.${index}:2379,unix:///run/etcd/etcd.sock`),
          ),
        second(hosts, (index) =>
          events(index).replace(
            '--advertise',
            '--listen-client-http-urls unix:///run/etcd/etcd.sock --advertise',
          ),
        ),
      ),
  ],
]);

const rulesOf = async (hosts: Hosts): Promise<readonly Finding[]> =>
  (await hosts.findings()).filter(({ level }) => level === 'error');

it('a second cluster on the same hosts is judged on its own', async () => {
  const hosts = second(await soundHosts(), (index) => events(index));
  expect(await rulesOf(hosts)).toEqual([]);
});

it.each([
  ['a port of the other cluster', (index: number) => events(index, 2380)],
  ['the client port, on loopback', (index: number) => events(index, 2382, '/var/lib/etcd-events', 2379)],
])('both want %s', async (_, words) => {
  const found = await rulesOf(second(await soundHosts(), words));
  expect([...new Set(found.map(({ rule }) => rule))]).toEqual(['port-clash']);
  expect(found.map(({ message }) => message).join()).toMatch(
    /\/etc\/systemd\/system\/etcd(?:-events)?\.service/,
  );
});

it.each([
  ['etcd gateway', 'gateway start --listen-addr=127.0.0.1:2379 --endpoints=10.0.0.1:2379'],
  ['etcd grpc-proxy', 'grpc-proxy start --listen-addr 127.0.0.1:2379 --endpoints=https://10.0.0.1:2379'],
])('%s wants a port too', async (_, words) => {
  const hosts = await soundHosts();
  const proxy = hosts.put(
    'e1',
    UNIT.replace('etcd.', 'etcd-proxy.'),
    `[Service]\nExecStart=/usr/bin/etcd ${words}\n`,
  );
  const clashing = proxy.unit('e1', (unit) =>
    unit.replace(/(--listen-client-urls=)\S+/, '$1https://127.0.0.1:2379'),
  );
  expect((await rulesOf(clashing)).map(({ rule }) => rule)).toContain('port-clash');
  expect((await rulesOf(proxy.unit('e1', (unit) => `${unit}\n`))).map(({ rule }) => rule)).not.toContain(
    'etcd-flags',
  );
});

it('hosts of one member each are one cluster, so that a wrong list is an error', async () => {
  const hosts = (await soundHosts()).unit('e2', (unit) =>
    unit.replace(/(--initial-cluster=)\S+/, '$1e2=https://10.0.0.2:2380'),
  );
  expect((await rulesOf(hosts)).map(({ rule }) => rule)).toContain('cluster-agreement');
  const crowded = second(hosts, (index) => events(index));
  expect((await rulesOf(crowded)).map(({ rule }) => rule)).toContain('cluster-agreement');
});
