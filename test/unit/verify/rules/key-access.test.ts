import { describeRule } from './describe-rule.js';
import { flag, line } from './hosts.js';

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

describeRule('key-access', [
  [
    'keys of tokens that are root alone',
    'error',
    (hosts) =>
      hosts
        .unit(
          'e1',
          flag('auth-token', 'jwt,pub-key=/etc/etcd/jwt.pub,priv-key=/etc/etcd/jwt.key,sign-method=RS256'),
        )
        .put('e1', 'etc/etcd/jwt.key', 'a key', 0o600),
  ],
]);

describeRule('key-modes', [
  [
    'keys that all may read',
    'warning',
    (hosts) => hosts.put('e1', 'etc/tmpfiles.d/etcd.conf', '').mode('e1', '.key', 0o644),
  ],
]);
