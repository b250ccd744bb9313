import { describeRule } from './describe-rule.js';
import { PKI, UNIT } from './hosts.js';

describeRule('members-found', [
  ['nothing at all', 'error', (hosts) => hosts.only()],
  ['a client alone', 'error', (hosts) => hosts.only('admin')],
  [
    'certificates alone',
    'error',
    (hosts) =>
      hosts
        .only('e1')
        .remove('e1', UNIT)
        .put('e1', 'pki/ca.crt', hosts.bytes('e1', `${PKI}/ca.crt`))
        .put('e1', 'pki/server.crt', hosts.bytes('e1', `${PKI}/server.crt`)),
  ],
  [
    'settings that nothing names',
    'warning',
    (hosts) =>
      hosts.only('e1').remove('e1', UNIT).put('e1', 'etc/default/etcd', 'ETCD_NAME=e1\nETCD_DATA_DIR=/d\n'),
  ],
  ['one member of two', 'notice', (hosts) => hosts.only('e1')],
]);
