import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('listen-urls', [
  [
    'a host name',
    'error',
    (hosts) => hosts.unit('e1', flag('listen-client-urls', 'https://e1.example.org:2379')),
  ],
]);

describeRule('port-clash', [
  [
    'clients at the port of peers',
    'error',
    (hosts) => hosts.unit('e1', flag('listen-client-urls', 'https://10.0.0.1:2380')),
  ],
]);

describeRule('mixed-schemes', [
  [
    'http and https at one port',
    'warning',
    (hosts) => hosts.unit('e1', flag('listen-client-urls', 'https://10.0.0.1:2379,http://10.0.0.1:2379')),
  ],
]);
