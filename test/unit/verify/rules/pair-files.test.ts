import { describeRule } from './describe-rule.js';
import { PKI } from './hosts.js';

describeRule('pair-files', [
  ['a key that is gone', 'error', (hosts) => hosts.remove('e1', `${PKI}/server.key`)],
  [
    'the key of another pair',
    'error',
    (hosts) => hosts.put('e1', `${PKI}/server.key`, hosts.bytes('e2', `${PKI}/server.key`)),
  ],
  ['a certificate that is not PEM', 'error', (hosts) => hosts.put('e1', `${PKI}/peer.crt`, 'certificate')],
]);
