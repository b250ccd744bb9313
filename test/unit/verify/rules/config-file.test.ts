import { describe, expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { flag, type Hosts, soundHosts } from './hosts.js';

const OF_3_5 = { etcdVersion: { release: '3.5' } } as const;

const withFile = (hosts: Hosts, content: string): Hosts =>
  hosts.unit('e1', flag('config-file', '/etc/etcd/etcd.yaml')).put('e1', 'etc/etcd/etcd.yaml', content);

describeRule('config-file', [
  ['a file that is gone', 'error', (hosts) => hosts.unit('e1', flag('config-file', '/etc/nothing.yaml'))],
  ['a file that is not YAML', 'error', (hosts) => withFile(hosts, 'name: [\n')],
  ['a duration for milliseconds', 'error', (hosts) => withFile(hosts, 'heartbeat-interval: 250ms\n')],
]);

const compacting = (hosts: Hosts, retention: string): Hosts =>
  withFile(hosts, `name: e1\nauto-compaction-retention: "${retention}"\n`);

describeRule('config-file-defaults', [
  ['a retention without its mode, 3.5', 'error', (hosts) => compacting(hosts.with(OF_3_5), '1h')],
  ['hours without their mode, 3.5', 'warning', (hosts) => compacting(hosts.with(OF_3_5), '8')],
]);

describe('config-file-defaults', () => {
  it.each([
    ['of 3.6, which has the default there too', '1h', {}],
    ['that is none', '0', OF_3_5],
    ['that is no time', '0s', OF_3_5],
  ])('finds nothing in a retention %s', async (_, retention, options) => {
    const findings = await compacting((await soundHosts()).with(options), retention).findings();
    expect(findings.filter(({ rule }) => rule === 'config-file-defaults')).toEqual([]);
  });
});

describeRule('config-file-keys', [
  ['a key that no release has', 'warning', (hosts) => withFile(hosts, 'name: e1\nquota: 1\n')],
  [
    'a CRL, which the file cannot name',
    'warning',
    (hosts) => withFile(hosts, 'client-transport-security: {client-crl-file: /etc/crl.der}\n'),
  ],
]);

describeRule('config-file-alone', [
  ['flags beside the file', 'warning', (hosts) => withFile(hosts, 'name: e1\n')],
]);
