import { describeRule } from './describe-rule.js';
import { flag, without } from './hosts.js';

describeRule('gateway', [
  [
    'a name that the gateway does not have',
    'warning',
    (hosts) => hosts.unit('e1', flag('client-cert-allowed-hostname', 'e1')),
  ],
  [
    'a pair for servers alone',
    'warning',
    (hosts) => hosts.unit('e1', without('client-cert-file', 'client-key-file')),
  ],
]);
