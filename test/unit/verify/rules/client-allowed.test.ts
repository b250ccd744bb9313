import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('client-allowed', [
  [
    'a name that no client has',
    'error',
    (hosts) => hosts.unit('e1', flag('client-cert-allowed-hostname', 'nobody')),
  ],
]);
