import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { soundHosts, UNIT, without } from './hosts.js';

const unit = (...lines: readonly string[]): string =>
  `[Service]\n${lines.join('\n')}\nExecStart=/usr/bin/etcd --name e1\n`;

describeRule('default-directory', [
  ['neither data-dir nor a working directory', 'notice', (hosts) => hosts.put('e1', UNIT, unit())],
  ['the same for a user that may not make it', 'error', (hosts) => hosts.put('e1', UNIT, unit('User=etcd'))],
  ['the same in a sandbox', 'error', (hosts) => hosts.put('e1', UNIT, unit('ProtectSystem=strict'))],
  [
    'a container without a volume',
    'warning',
    (hosts) =>
      hosts.put(
        'e1',
        UNIT,
        '[Service]\nExecStart=/usr/bin/docker run quay.io/coreos/etcd:v3.5.1 etcd --name e1\n',
      ),
  ],
]);

it('a working directory is enough', async () => {
  const hosts = await soundHosts();
  const found = await hosts.put('e1', UNIT, unit('WorkingDirectory=/var/lib/etcd')).findings();
  expect(found.filter(({ rule }) => rule === 'default-directory')).toEqual([]);
  expect(without('data-dir')('  --data-dir=/x \\\n')).toBe('');
});
