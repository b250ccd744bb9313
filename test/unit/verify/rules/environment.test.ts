import { describeRule } from './describe-rule.js';
import { line } from './hosts.js';

describeRule('environment-conflict', [
  ['a variable beside its flag', 'error', (hosts) => hosts.unit('e1', line('Environment=ETCD_NAME=e1'))],
]);

describeRule('environment-names', [
  ['an unknown variable', 'warning', (hosts) => hosts.unit('e1', line('Environment=ETCD_QUOTA=1'))],
]);
