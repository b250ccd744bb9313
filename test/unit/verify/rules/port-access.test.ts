import { describeRule } from './describe-rule.js';
import { flag, line } from './hosts.js';

describeRule('port-access', [
  [
    'a port of root',
    'error',
    (hosts) => hosts.unit('e1', flag('listen-client-urls', 'https://10.0.0.1:443')),
  ],
  [
    'a capability that counts for nothing',
    'error',
    (hosts) =>
      hosts
        .unit('e1', flag('listen-metrics-urls', 'http://10.0.0.1:80'))
        .unit('e1', line('AmbientCapabilities=CAP_NET_BIND_SERVICE')),
  ],
]);
