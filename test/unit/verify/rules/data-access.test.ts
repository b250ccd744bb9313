import { describeRule } from './describe-rule.js';
import { flag, line } from './hosts.js';

const TMPFILES = 'etc/tmpfiles.d/etcd.conf';

describeRule('data-access', [
  [
    'a folder that only root may make',
    'error',
    (hosts) =>
      hosts
        .put('e1', TMPFILES, '')
        .put('e1', 'etc/passwd', '')
        .put('e1', 'etc/group', '')
        .directory('e1', 'var/lib', 0o755, 'root')
        .unit('e1', (unit) => unit.replace(/StateDirectory=.*\n/, '')),
  ],
  ['a file in its place', 'error', (hosts) => hosts.put('e1', 'var/lib/etcd', '')],
  [
    'data of another',
    'error',
    (hosts) =>
      hosts
        .directory('e1', 'var/lib/etcd', 0o700, 'etcd')
        .directory('e1', 'var/lib/etcd/member', 0o700, 'root'),
  ],
  [
    'a folder that a command may hand over',
    'warning',
    (hosts) =>
      hosts
        .directory('e1', 'var/lib/etcd', 0o700, 'etcd')
        .directory('e1', 'var/lib/etcd/member', 0o700, 'root')
        .unit('e1', line('ExecStartPre=+/usr/local/bin/prepare')),
  ],
  [
    'a folder of nobody knows whom',
    'notice',
    (hosts) =>
      hosts
        .put('e1', TMPFILES, '')
        .directory('e1', 'var/lib/etcd', 0o700)
        .unit('e1', (unit) => unit.replace(/StateDirectory=.*\n/, '')),
  ],
  [
    'a log in a folder that is not there',
    'error',
    (hosts) =>
      hosts
        .put('e1', 'etc/passwd', '')
        .put('e1', 'etc/group', '')
        .unit('e1', flag('log-outputs', '/srv/log/etcd.log'))
        .unit('e1', line('ReadWritePaths=/srv')),
  ],
]);
