import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('etcd-flags', [
  ['an unknown flag', 'error', (hosts) => hosts.unit('e1', flag('foo', '1'))],
  [
    'a word that is not a flag',
    'error',
    (hosts) => hosts.unit('e1', (unit) => unit.replace('--client-cert-auth=true', '--client-cert-auth true')),
  ],
]);
