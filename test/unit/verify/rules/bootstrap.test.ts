import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('bootstrap', [
  [
    'nobody to join',
    'error',
    (hosts) =>
      hosts
        .unit('e1', flag('initial-cluster-state', 'existing'))
        .unit('e1', flag('initial-cluster', 'e1=https://10.0.0.1:2380')),
  ],
  ['a name that initial-cluster does not have', 'error', (hosts) => hosts.unit('e1', flag('name', 'e9'))],
  [
    'two ways to bootstrap',
    'error',
    (hosts) => hosts.unit('e1', flag('discovery', 'https://discovery.etcd.io/x')),
  ],
  [
    'a proxy',
    'error',
    (hosts) =>
      hosts.with({ etcdVersion: { release: '3.5', patch: 35 } }).unit('e1', flag('proxy', 'readonly')),
  ],
]);
