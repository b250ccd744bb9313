import { describeRule } from './describe-rule.js';
import { PKI } from './hosts.js';

describeRule('peer-chain', [
  [
    'a peer that trusts another authority',
    'error',
    (hosts) => hosts.put('e1', `${PKI}/peer-ca.crt`, hosts.bytes('e1', `${PKI}/ca.crt`)),
  ],
]);
