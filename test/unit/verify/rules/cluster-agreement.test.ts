import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('cluster-agreement', [
  ['another token', 'error', (hosts) => hosts.unit('e1', flag('initial-cluster-token', 'other'))],
  ['another list', 'error', (hosts) => hosts.unit('e1', flag('initial-cluster', 'e1=https://10.0.0.1:2380'))],
]);

describeRule('member-names', [
  ['two hosts of one name', 'error', (hosts) => hosts.unit('e2', flag('name', 'e1'))],
]);
