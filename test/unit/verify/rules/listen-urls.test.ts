import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { flag, type Hosts, soundHosts } from './hosts.js';

const SOCKET = 'etc/systemd/system/proxy.socket';
/** A host with a socket unit that is enabled. */
const socket = (hosts: Hosts, listens: string): Hosts =>
  hosts
    .put('e1', SOCKET, `[Socket]\nListenStream=${listens}\n`)
    .put('e1', 'etc/systemd/system/sockets.target.wants/proxy.socket', `[Socket]\nListenStream=${listens}\n`);

describeRule('listen-urls', [
  [
    'a host name',
    'error',
    (hosts) => hosts.unit('e1', flag('listen-client-urls', 'https://e1.example.org:2379')),
  ],
]);

describeRule('port-clash', [
  [
    'clients at the port of peers',
    'error',
    (hosts) => hosts.unit('e1', flag('listen-client-urls', 'https://10.0.0.1:2380')),
  ],
  ['a socket of systemd', 'error', (hosts) => socket(hosts, '10.0.0.1:2379')],
]);

it.each([
  ['2380', true],
  ['[::]:2379', true],
  ['10.0.0.9:2379', false],
  ['/run/etcd.sock', false],
  ['10.0.0.1:2379\nListenStream=\nListenStream=9999', false],
])('a socket of systemd on %s is in the way of etcd: %s', async (listens, isInTheWay) => {
  const findings = await socket(await soundHosts(), listens).findings();
  expect(findings.some(({ rule }) => rule === 'port-clash')).toBe(isInTheWay);
});

it("a socket that nothing starts is in nobody's way", async () => {
  const hosts = (await soundHosts()).put('e1', SOCKET, '[Socket]\nListenStream=10.0.0.1:2379\n');
  expect((await hosts.findings()).map(({ rule }) => rule)).not.toContain('port-clash');
});

describeRule('mixed-schemes', [
  [
    'http and https at one port',
    'warning',
    (hosts) => hosts.unit('e1', flag('listen-client-urls', 'https://10.0.0.1:2379,http://10.0.0.1:2379')),
  ],
]);
