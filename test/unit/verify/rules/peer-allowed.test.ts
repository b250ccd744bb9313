import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('peer-allowed', [
  [
    'a common name that no peer has',
    'error',
    (hosts) => hosts.unit('e1', flag('peer-cert-allowed-cn', 'nobody')),
  ],
  [
    'a name that no peer has',
    'error',
    (hosts) => hosts.unit('e1', flag('peer-cert-allowed-hostname', 'nobody')),
  ],
]);
