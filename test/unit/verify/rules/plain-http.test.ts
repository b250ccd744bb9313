import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('plain-http', [
  [
    'a client listener',
    'warning',
    (hosts) => hosts.unit('e1', flag('listen-client-urls', 'https://10.0.0.1:2379,http://127.0.0.1:2390')),
  ],
  [
    'metrics for all',
    'warning',
    (hosts) => hosts.unit('e1', flag('listen-metrics-urls', 'http://10.0.0.1:2381')),
  ],
]);
