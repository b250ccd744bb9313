import { describeRule } from './describe-rule.js';
import { UNIT } from './hosts.js';

describeRule('services-read', [
  [
    'a unit that starts something unknown',
    'error',
    (hosts) => hosts.unit('e1', (unit) => unit.replace(/ExecStart=\S+/, 'ExecStart=/opt/acme/run')),
  ],
  [
    'the same beside a member',
    'warning',
    (hosts) => hosts.put('e1', UNIT.replace('etcd.', 'etcd-events.'), '[Service]\nExecStart=/opt/acme/run\n'),
  ],
  [
    "a quadlet of etcd's image that starts something else",
    'warning',
    (hosts) =>
      hosts.put(
        'e1',
        'etc/containers/systemd/store.container',
        '[Container]\nImage=quay.io/coreos/etcd:v3.5.1\nExec=/opt/acme/run\n',
      ),
  ],
]);
