import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('setting-combinations', [
  [
    'an election timeout below five heartbeats',
    'error',
    (hosts) => hosts.unit('e1', flag('heartbeat-interval', '900')),
  ],
  [
    'a name that the gateway does not have',
    'warning',
    (hosts) => hosts.unit('e1', flag('client-cert-allowed-hostname', 'e1')),
  ],
  [
    'TLS versions in the wrong order',
    'error',
    (hosts) =>
      hosts.unit('e1', flag('tls-min-version', 'TLS1.3')).unit('e1', flag('tls-max-version', 'TLS1.2')),
  ],
]);
