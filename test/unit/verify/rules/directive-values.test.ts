import { describeRule } from './describe-rule.js';
import { line } from './hosts.js';

describeRule('directive-values', [
  ['a quota that is no percentage', 'warning', (hosts) => hosts.unit('e1', line('CPUQuota=50'))],
  ['a size in other units', 'warning', (hosts) => hosts.unit('e1', line('MemoryMax=2GB'))],
  ['an account that is none', 'error', (hosts) => hosts.unit('e1', line('Group=a/b'))],
]);
