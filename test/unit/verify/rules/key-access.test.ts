import { describeRule } from './describe-rule.js';
import { line } from './hosts.js';

describeRule('key-access', [
  ['a folder that root alone may enter', 'error', (hosts) => hosts.directory('e1', 'etc', 0o700, 'root')],
  [
    'a folder that a command may open',
    'warning',
    (hosts) =>
      hosts.directory('e1', 'etc', 0o700, 'root').unit('e1', line('ExecStartPre=+/usr/local/bin/prepare')),
  ],
  ['a folder of nobody knows whom', 'notice', (hosts) => hosts.directory('e1', 'etc', 0o750)],
  [
    'keys that are root alone',
    'error',
    (hosts) => hosts.put('e1', 'etc/tmpfiles.d/etcd.conf', '').mode('e1', 'server.key', 0o600),
  ],
]);

describeRule('key-modes', [
  [
    'keys that all may read',
    'warning',
    (hosts) => hosts.put('e1', 'etc/tmpfiles.d/etcd.conf', '').mode('e1', '.key', 0o644),
  ],
]);
