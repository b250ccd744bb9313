import { describeRule } from './describe-rule.js';
import { without } from './hosts.js';

describeRule('gateway', [
  [
    'a pair for servers alone',
    'warning',
    (hosts) => hosts.unit('e1', without('client-cert-file', 'client-key-file')),
  ],
]);
