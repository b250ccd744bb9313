import { describeRule } from './describe-rule.js';
import { flag, type Hosts } from './hosts.js';

const withFile = (hosts: Hosts, content: string): Hosts =>
  hosts.unit('e1', flag('config-file', '/etc/etcd/etcd.yaml')).put('e1', 'etc/etcd/etcd.yaml', content);

describeRule('config-file', [
  ['a file that is gone', 'error', (hosts) => hosts.unit('e1', flag('config-file', '/etc/nothing.yaml'))],
  ['a file that is not YAML', 'error', (hosts) => withFile(hosts, 'name: [\n')],
  ['a duration for milliseconds', 'error', (hosts) => withFile(hosts, 'heartbeat-interval: 250ms\n')],
]);

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
