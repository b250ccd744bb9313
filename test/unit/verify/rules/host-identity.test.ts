import { beforeAll, expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { type Hosts, PKI, soundHosts, UNIT } from './hosts.js';

describeRule('host-identity', [
  [
    "another member's key",
    'error',
    (hosts) => hosts.put('e1', `${PKI}/peer.key`, hosts.bytes('e2', `${PKI}/peer.key`), 0o600).against(),
  ],
  ["another member's unit", 'error', (hosts) => hosts.put('e1', UNIT, hosts.bytes('e2', UNIT)).against()],
  [
    'a host of something else',
    'error',
    (hosts) =>
      ['ca.crt', 'client.crt', 'client.key', 'etcdctl.env']
        .reduce(
          (left, name) => left.remove('x', `etc/etcd/admin/${name}`),
          hosts.only('admin').rename('admin', 'x'),
        )
        .against(),
  ],
]);

let hosts: Hosts;
beforeAll(async () => {
  hosts = await soundHosts();
});

async function told(of: Hosts): Promise<readonly string[]> {
  const findings = await of.against().findings();
  return findings
    .filter(({ rule }) => rule.startsWith('host-'))
    .map(({ rule, member, message }) => `${rule} ${member} ${message}`);
}

it('is silent on hosts as they should be, whatever their folders are called', async () => {
  expect(await told(hosts)).toEqual([]);
  expect(await told(hosts.rename('e1', 'a').rename('e2', 'b').rename('admin', 'c'))).toEqual([]);
});

it('knows a member whose files are all others by the name in its unit', async () => {
  const keys = hosts.roots.find(({ name }) => name === 'e1')?.files ?? [];
  const lost = keys
    .filter(({ path }) => path.startsWith(PKI))
    .reduce((left, { path }) => left.remove('e1', path), hosts);
  const changed = lost.unit('e1', (text) => `${text}# changed\n`).rename('e1', 'x');
  const members = new Set((await told(changed)).map((line) => line.split(' ')[1]));
  expect(members).toEqual(new Set(['e1']));
});

it('tells of a tarball that went to the wrong host once, with what has left its own', async () => {
  const files = hosts.roots.find(({ name }) => name === 'e2')?.files ?? [];
  const swapped = files.reduce((left, { path, bytes, mode }) => left.put('e1', path, bytes, mode), hosts);
  expect(await told(swapped)).toEqual([
    expect.stringMatching(
      /^host-identity e1 \/\S+ and \d+ more are of e2: its tarball was extracted here\.$/,
    ),
  ]);
  const findings = await swapped.against().findings();
  expect(findings.find(({ rule }) => rule === 'host-identity')?.cure).toBe(
    'Extract the tarball of e1 here, and issue the pairs of e2 anew, whose keys have left their host.',
  );
});

it('takes files of the operator beside those of a member', async () => {
  const files = hosts.roots.find(({ name }) => name === 'admin')?.files ?? [];
  const both = files.reduce((left, { path, bytes, mode }) => left.put('e1', path, bytes, mode), hosts);
  expect(await told(both.only('e1'))).toEqual([]);
  expect(await told(both.only('e1').remove('e1', 'etc/etcd/admin/etcdctl.env'))).toEqual([
    expect.stringMatching(/^host-files admin The host lacks this file/),
  ]);
});
