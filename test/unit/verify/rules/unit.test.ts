import { describeRule } from './describe-rule.js';
import { line } from './hosts.js';

describeRule('unit', [
  [
    'an environment file that is gone',
    'error',
    (hosts) => hosts.unit('e1', line('EnvironmentFile=/etc/nothing.env')),
  ],
  ['two commands', 'error', (hosts) => hosts.unit('e1', line('ExecStart=/bin/true'))],
  [
    'few open files',
    'error',
    (hosts) => hosts.unit('e1', (unit) => unit.replace(/LimitNOFILE=.*/, 'LimitNOFILE=100')),
  ],
  [
    'a limit of time for the start',
    'notice',
    (hosts) => hosts.unit('e1', (unit) => unit.replace(/TimeoutStartSec=.*\n/, '')),
  ],
]);
