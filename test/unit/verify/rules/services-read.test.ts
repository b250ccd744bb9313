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
  [
    'k3s before its first start',
    'warning',
    (hosts) =>
      hosts.put(
        'e1',
        'etc/systemd/system/k3s.service',
        "[Service]\nExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--cluster-init' \\\n\n[Install]\nWantedBy=multi-user.target\n",
      ),
  ],
  [
    'what cron starts at boot',
    'warning',
    (hosts) => hosts.put('e1', 'var/spool/cron/root', '@reboot cd /opt && ./start-etcd.sh\n'),
  ],
]);
