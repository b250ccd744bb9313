import { describeRule } from './describe-rule.js';
import { without } from './hosts.js';

describeRule('tls-pairs', [
  ['https without a pair', 'error', (hosts) => hosts.unit('e1', without('cert-file', 'key-file'))],
  ['a certificate without its key', 'error', (hosts) => hosts.unit('e1', without('key-file'))],
]);
