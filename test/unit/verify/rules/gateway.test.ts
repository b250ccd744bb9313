import { describe, expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { type Hosts, soundHosts, without } from './hosts.js';

describeRule('gateway', [
  [
    'a pair for servers alone',
    'warning',
    (hosts) => hosts.unit('e1', without('client-cert-file', 'client-key-file')),
  ],
]);

describe('a configuration file without enable-grpc-gateway', () => {
  const FILE = `name: e1
listen-client-urls: https://127.0.0.1:2379
advertise-client-urls: https://127.0.0.1:2379
client-transport-security:
  cert-file: /etc/etcd/pki/server.crt
  key-file: /etc/etcd/pki/server.key
  trusted-ca-file: /etc/etcd/pki/ca.crt
  client-cert-auth: true
`;
  const withFile = (hosts: Hosts): Hosts =>
    hosts
      .unit('e1', () => '[Service]\nExecStart=/usr/local/bin/etcd --config-file=/etc/etcd/etcd.yaml\n')
      .put('e1', 'etc/etcd/etcd.yaml', FILE);

  it.each([
    ['3.4', []],
    ['3.5', ['warning']],
  ] as const)('has a gateway from 3.5 on: %s', async (release, levels) => {
    const hosts = withFile(await soundHosts())
      .only('e1')
      .with({ etcdVersion: { release } });
    const findings = (await hosts.findings()).filter(({ rule }) => rule === 'gateway');
    expect(findings.map(({ level }) => level)).toEqual(levels);
  });
});
