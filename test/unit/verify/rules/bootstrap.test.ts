import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('bootstrap', [
  ['a name that initial-cluster does not have', 'error', (hosts) => hosts.unit('e1', flag('name', 'e9'))],
  [
    'two ways to bootstrap',
    'error',
    (hosts) => hosts.unit('e1', flag('discovery', 'https://discovery.etcd.io/x')),
  ],
]);
