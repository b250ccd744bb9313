import { describeRule } from './describe-rule.js';
import { flag, UNIT } from './hosts.js';

describeRule('unknown-values', [
  ["the machine's id", 'notice', (hosts) => hosts.unit('e1', flag('name', '%m'))],
  [
    "the host's name in a URL",
    'warning',
    (hosts) => hosts.unit('e1', flag('advertise-client-urls', 'https://%H:2379')),
  ],
  [
    'the output of a command',
    'warning',
    (hosts) =>
      hosts.put(
        'e1',
        UNIT,
        "[Service]\nExecStart=/bin/sh -c 'etcd --listen-peer-urls http://$$(hostname -i):2380'\n",
      ),
  ],
  [
    'arguments that nobody knows',
    'warning',
    (hosts) => hosts.put('e1', UNIT, "[Service]\nExecStart=/bin/sh -c '. /run/args; etcd $$ARGS'\n"),
  ],
]);
