import { describeRule } from './describe-rule.js';
import { line } from './hosts.js';

describeRule('sandbox', [
  [
    'data that may not be written',
    'error',
    (hosts) => hosts.unit('e1', (unit) => unit.replace(/(?:ReadWritePaths|StateDirectory)=.*\n/g, '')),
  ],
  ['certificates that are hidden', 'error', (hosts) => hosts.unit('e1', line('InaccessiblePaths=/etc/etcd'))],
]);
