import { describeRule } from './describe-rule.js';
import { PKI } from './hosts.js';

describeRule('trust-files', [
  ['an empty CA file', 'error', (hosts) => hosts.put('e1', `${PKI}/ca.crt`, '')],
  ['a CA file that is gone', 'error', (hosts) => hosts.remove('e1', `${PKI}/ca.crt`)],
  [
    'a key in the CA file',
    'error',
    (hosts) =>
      hosts.edit('e1', `${PKI}/ca.crt`, (text) => `${text}-----BEGIN X-----\nAAAA\n-----END X-----\n`),
  ],
]);
