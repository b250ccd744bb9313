import { describeRule } from './describe-rule.js';
import { PKI } from './hosts.js';

describeRule('client-chain', [
  [
    'a client that trusts another authority',
    'error',
    (hosts) => hosts.put('admin', 'etc/etcd/admin/ca.crt', hosts.bytes('e1', `${PKI}/peer-ca.crt`)),
  ],
]);

describeRule('client-access', [
  [
    'a client without a certificate',
    'error',
    (hosts) =>
      hosts.put(
        'e1',
        'etc/etcdctl.env',
        'ETCDCTL_ENDPOINTS=https://10.0.0.1:2379\nETCDCTL_CACERT=/etc/etcd/pki/ca.crt\n',
      ),
  ],
]);
