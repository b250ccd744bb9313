import { beforeAll, expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { type Hosts, PKI, soundHosts, UNIT } from './hosts.js';

describeRule('host-files', [
  ['a file that is gone', 'error', (hosts) => hosts.remove('e1', 'etc/tmpfiles.d/etcd.conf').against()],
  ['a unit that was edited', 'error', (hosts) => hosts.unit('e1', (text) => `${text}# mine\n`).against()],
  [
    'a certificate that is none any more',
    'error',
    (hosts) => hosts.put('e1', `${PKI}/server.crt`, 'words').against(),
  ],
  [
    'another chain behind the certificate',
    'error',
    (hosts) => hosts.edit('e1', `${PKI}/server.crt`, (text) => `${text}\n`).against(),
  ],
  [
    'another key beside the right certificate',
    'error',
    (hosts) =>
      hosts.put('e1', `${PKI}/server.key`, hosts.bytes('admin', 'etc/etcd/admin/ca.crt'), 0o640).against(),
  ],
  [
    'a place that nobody may look at',
    'warning',
    (hosts) =>
      hosts
        .remove('e1', UNIT)
        .gap('e1', { path: '', why: 'holds more than 20000 files', kind: 'limit' })
        .against(),
  ],
]);

describeRule('host-modes', [
  ['a key for everybody', 'error', (hosts) => hosts.mode('e1', '/server.key', 0o644).against()],
  ['a unit for its owner alone', 'warning', (hosts) => hosts.mode('e1', '/etcd.service', 0o600).against()],
  ["a key that is root's", 'error', (hosts) => owned(hosts, `${PKI}/server.key`).against()],
  ["a unit that is somebody's", 'warning', (hosts) => owned(hosts, UNIT).against()],
]);

function whole(hosts: Hosts): Hosts {
  return hosts.put('e1', 'etc/passwd', 'root:x:0:0::/root:/bin/sh\n').put('e1', 'etc/group', 'root:x:0:\n');
}

function owned(hosts: Hosts, path: string): Hosts {
  return whole(hosts).own('e1', path, { user: 'ubuntu', group: 'ubuntu' });
}

let hosts: Hosts;
beforeAll(async () => {
  hosts = await soundHosts();
});

it('says where to get a file again, and shows nothing of a key', async () => {
  const damaged = hosts.put('e1', `${PKI}/peer.key`, 'words', 0o640).remove('e2', UNIT).against();
  const findings = (await damaged.findings()).filter(({ rule }) => rule === 'host-files');
  expect(findings.map(({ member, path, message, cure }) => [member, path, message, cure])).toEqual([
    [
      'e1',
      '/etc/etcd/pki/peer.key',
      'The file is not the one of generation 1 of the bundle.',
      'Extract e1.tar.gz of the bundle at / of this host.',
    ],
    [
      'e2',
      `/${UNIT}`,
      'The host lacks this file, which it has since generation 1 of the bundle.',
      'Extract e2.tar.gz of the bundle at / of this host.',
    ],
  ]);
});

it('judges owners on hosts alone, and not in copies', async () => {
  const found = async (of: Hosts) =>
    (await of.own('e1', UNIT, { user: 'ubuntu', group: '1000' }).against().findings()).flatMap(
      ({ rule, message, cure }) => (rule === 'host-modes' ? [message, cure] : []),
    );
  expect(await found(hosts)).toEqual([]);
  expect(await found(whole(hosts))).toEqual([
    'The file is owned by ubuntu:1000, and the bundle gave it to root:root.',
    `chown root:root /${UNIT}`,
  ]);
});

it('is silent where nobody asks', async () => {
  const findings = await hosts.remove('e1', 'etc/tmpfiles.d/etcd.conf').findings();
  expect(findings.filter(({ rule }) => rule.startsWith('host-'))).toEqual([]);
});
