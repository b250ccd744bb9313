import { describeRule } from './describe-rule.js';
import { flag, without } from './hosts.js';

describeRule('advertise-urls', [
  [
    'a host that is everywhere',
    'warning',
    (hosts) => hosts.unit('e1', flag('advertise-client-urls', 'https://0.0.0.0:2379')),
  ],
  [
    'a socket, which etcd 3.6 refuses',
    'error',
    (hosts) => hosts.unit('e1', flag('advertise-client-urls', 'unix:///run/etcd/etcd.sock')),
  ],
  [
    'a socket with a name before its path, which it takes',
    'warning',
    (hosts) => hosts.unit('e1', flag('advertise-client-urls', 'unix://localhost:2379')),
  ],
  ['no advertise-client-urls', 'error', (hosts) => hosts.unit('e1', without('advertise-client-urls'))],
]);

describeRule('advertised-schemes', [
  [
    'a port that nothing listens on',
    'warning',
    (hosts) => hosts.unit('e1', flag('advertise-client-urls', 'https://10.0.0.1:443')),
  ],
  [
    'http at an https port',
    'error',
    (hosts) => hosts.unit('e1', flag('advertise-client-urls', 'http://10.0.0.1:2379')),
  ],
]);
