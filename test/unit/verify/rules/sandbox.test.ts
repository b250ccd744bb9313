import { describeRule } from './describe-rule.js';
import { line } from './hosts.js';

describeRule('sandbox', [
  [
    'data that may not be written',
    'error',
    (hosts) => hosts.unit('e1', (unit) => unit.replace(/(?:ReadWritePaths|StateDirectory)=.*\n/g, '')),
  ],
  [
    'data that ends with the service',
    'warning',
    (hosts) => hosts.unit('e1', (unit) => unit.replace('/var/lib/etcd ', '/var/tmp/etcd ')),
  ],
  [
    'certificates below an empty file system',
    'error',
    (hosts) => hosts.unit('e1', line('TemporaryFileSystem=/etc/etcd')),
  ],
  ['certificates that are hidden', 'error', (hosts) => hosts.unit('e1', line('InaccessiblePaths=/etc/etcd'))],
]);
