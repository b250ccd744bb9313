import { describeRule } from './describe-rule.js';

describeRule('key-access', [
  [
    'keys that are root alone',
    'error',
    (hosts) => hosts.put('e1', 'etc/tmpfiles.d/etcd.conf', '').mode('e1', 'server.key', 0o600),
  ],
]);

describeRule('key-modes', [
  [
    'keys that all may read',
    'warning',
    (hosts) => hosts.put('e1', 'etc/tmpfiles.d/etcd.conf', '').mode('e1', '.key', 0o644),
  ],
]);
