import { describeRule } from './describe-rule.js';
import { flag } from './hosts.js';

describeRule('data-directory', [
  ['a folder with certificates in it', 'warning', (hosts) => hosts.unit('e1', flag('data-dir', '/etc/etcd'))],
  ['a folder that others may enter', 'warning', (hosts) => hosts.directory('e1', 'var/lib/etcd', 0o755)],
]);
