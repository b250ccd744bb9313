import { describeRule } from './describe-rule.js';
import { line } from './hosts.js';

describeRule('data-kept', [
  ['a command before', 'error', (hosts) => hosts.unit('e1', line('ExecStartPre=/bin/rm -rf /var/lib/etcd'))],
  [
    'a command before, at times',
    'warning',
    (hosts) =>
      hosts.unit('e1', line("ExecStartPre=/bin/sh -c 'test -f /etc/reset && rm -rf /var/lib/etcd/member'")),
  ],
]);
