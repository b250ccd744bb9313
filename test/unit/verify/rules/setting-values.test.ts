import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('setting-values', [
  ['a number that is none', 'error', (hosts) => hosts.unit('e1', flag('heartbeat-interval', 'fast'))],
  ['a log level that etcd does not have', 'error', (hosts) => hosts.unit('e1', flag('log-level', 'loud'))],
]);
