import { expect, it } from 'vitest';
import { describeRule, type Row } from './describe-rule.js';
import { type Hosts, line, soundHosts } from './hosts.js';

/** A host with its accounts, where what is not there will not be there either. */
const host = (hosts: Hosts): Hosts =>
  hosts
    .put('e1', 'etc/passwd', 'etcd:x:990:990::/:/bin/false\n')
    .put('e1', 'etc/group', 'etcd:x:990:\n')
    .put('e1', 'usr/local/bin/etcd', '', 0o755)
    .put('e1', 'srv/full', 'x')
    .put('e1', 'srv/empty', '')
    .put('e1', 'etc/hostname', 'A1\n')
    .put('e1', 'etc/systemd/system/failing.service', '[Service]\nType=oneshot\nExecStart=/bin/false\n')
    .put('e1', 'etc/systemd/system/ending.service', '[Service]\nType=oneshot\nExecStart=-/bin/true\n')
    .put(
      'e1',
      'etc/systemd/system/foreign.service',
      '[Service]\nType=oneshot\nUser=nosuch\nExecStart=-/bin/true\n',
    )
    .put('e1', 'etc/systemd/system/idle.service', '[Service]\nType=oneshot\n')
    .put('e1', 'etc/systemd/system/masked.service', '');
const head =
  (text: string) =>
  (unit: string): string =>
    unit.replace('[Unit]\n', `[Unit]\n${text}\n`);

describeRule('unit-start', [
  ...(
    [
      ['a condition', head('ConditionPathExists=/srv/none')],
      ['a condition turned round', head('ConditionPathExists=!/srv/full')],
      ['an assertion', head('AssertFileNotEmpty=/srv/empty')],
      [
        'two triggers that do not hold',
        head('ConditionPathExists=|/srv/none\nConditionPathIsDirectory=|/srv/full'),
      ],
      ['a unit that is not there', head('Requires=none.service')],
      ['a unit that fails before', head('Requires=failing.service\nAfter=failing.service')],
      ['a unit that ends, bound to it', head('BindsTo=ending.service\nAfter=ending.service')],
      ['a unit whose account is not there', head('Requires=foreign.service\nAfter=foreign.service')],
      ['a unit without a command', head('Requires=idle.service\nAfter=idle.service')],
      ['a unit that is masked', head('Requires=masked.service')],
      ['a pattern that nothing fits', head('ConditionPathExistsGlob=/srv/*.crt')],
      ['a link that is none', head('ConditionPathIsSymbolicLink=/srv/full')],
      ['another host', head('ConditionHost=b*')],
      ['a user who does not start it', head('ConditionUser=etcd')],
      ['a test that does not hold', line('ExecStartPre=/usr/bin/test -f /srv/none')],
      ['a test turned round', line('ExecStartPre=/usr/bin/[ ! -e /srv/full ]')],
      ['a user that is not there', (unit: string) => unit.replace(/User=etcd/, 'User=nosuch')],
      ['a group that is not there', line('SupplementaryGroups=nosuch')],
      ['a root that is not there', line('RootDirectory=/srv/none')],
      ['a path that is not there', line('ReadOnlyPaths=/srv/none')],
      ['a credential that is not there', line('LoadCredential=a:/srv/none')],
      [
        'a folder that is not there',
        (unit: string) => unit.replace(/^WorkingDirectory=.*$/m, 'WorkingDirectory=/srv/none'),
      ],
      ['a program that is not there', line('ExecStartPre=/srv/none')],
      ['a command that fails', line('ExecStartPre=/bin/false')],
      ['a specifier that there is not', line('ExecStartPre=/srv/full %Z')],
    ] as const
  ).map(
    ([what, change]): Row => [
      what,
      'error',
      (hosts) => host(hosts).put('e1', 'srv/some', '').unit('e1', change),
    ],
  ),
  [
    'a binary that nobody may execute',
    'error',
    (hosts) => host(hosts).put('e1', 'usr/local/bin/etcd', '', 0o644),
  ],
]);

// Without an order etcd starts beside it; what is only wanted, or may fail, does not hold it up.
it.each([
  ['Requires=failing.service', ''],
  ['Wants=failing.service\nAfter=failing.service', ''],
  ['Requires=mayfail.service\nAfter=mayfail.service', '[Service]\nType=oneshot\nExecStart=-/bin/false\n'],
  ['Requires=simple.service\nAfter=simple.service', '[Service]\nExecStart=/bin/false\n'],
])('%s does not keep etcd from starting', async (text, unit) => {
  const name = text.split(/[=\n]/)[1] ?? '';
  const hosts = host(await soundHosts()).unit('e1', head(text));
  const all = unit === '' ? hosts : hosts.put('e1', `etc/systemd/system/${name}`, unit);
  const faults = (await all.findings()).filter(({ rule }) => rule === 'unit-start');
  expect(faults).toEqual([]);
});
