import { describeRule } from './describe-rule.js';

describeRule('unit-enabled', [
  [
    'a host that starts it by hand',
    'notice',
    (hosts) => hosts.put('e1', 'etc/passwd', 'etcd:x:990:990::/:\n').put('e1', 'etc/group', 'etcd:x:990:\n'),
  ],
]);
