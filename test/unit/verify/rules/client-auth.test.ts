import { describeRule } from './describe-rule.js';
import { without } from './hosts.js';

describeRule('client-auth', [
  ['client-cert-auth without a CA file', 'error', (hosts) => hosts.unit('e1', without('trusted-ca-file'))],
  ['no client-cert-auth', 'notice', (hosts) => hosts.unit('e1', without('client-cert-auth'))],
  ['neither', 'warning', (hosts) => hosts.unit('e1', without('trusted-ca-file', 'client-cert-auth'))],
  [
    'peers without a CA file',
    'error',
    (hosts) => hosts.unit('e1', without('peer-client-cert-auth', 'peer-trusted-ca-file')),
  ],
]);
