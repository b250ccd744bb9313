import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('server-names', [
  [
    'an advertised host that the certificate does not have',
    'warning',
    (hosts) => hosts.unit('e1', flag('advertise-client-urls', 'https://10.0.0.9:2379')),
  ],
]);

describeRule('endpoint-names', [
  [
    'an endpoint that the certificate does not have',
    'error',
    (hosts) =>
      hosts.edit('admin', 'etc/etcd/admin/etcdctl.env', (text) =>
        text.replace(/https:\/\/10\.0\.0\.1/, 'https://etcd.example.org'),
      ),
  ],
]);
