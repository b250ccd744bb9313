import { describe, expect, it } from 'vitest';
import { type EtcdUnitInput, renderEtcdUnit } from '../../../src/systemd/etcd-unit.js';
import { parseUnit } from '../../../src/systemd/unit-reader.js';
import { refusedAt } from './refusals.js';

const input: EtcdUnitInput = {
  description: 'etcd, 100% up',
  directives: [
    { name: 'Unit', directives: [{ name: 'Wants', values: ['network-online.target'] }] },
    {
      name: 'Service',
      directives: [
        { name: 'Type', values: ['notify'] },
        { name: 'WorkingDirectory', values: ['/var/lib/etcd'] },
        { name: 'Restart', values: ['on-failure'] },
      ],
    },
    { name: 'Install', directives: [{ name: 'WantedBy', values: ['multi-user.target'] }] },
  ],
  exec: { binary: '/usr/local/bin/etcd', words: ['--name=e1', ['--data-dir=', { variable: 'DIR' }]] },
  environmentFile: '/etc/etcd/etcd.env',
  user: 'etcd',
};

describe('renderEtcdUnit', () => {
  it('puts user, environment file and command where they are looked for', () => {
    expect(renderEtcdUnit(input)).toBe(`[Unit]
Description=etcd, 100%% up
Wants=network-online.target

[Service]
Type=notify
WorkingDirectory=/var/lib/etcd
User=etcd
Group=etcd
EnvironmentFile=/etc/etcd/etcd.env
ExecStart=/usr/local/bin/etcd \\
  --name=e1 \\
  --data-dir=\${DIR}
Restart=on-failure

[Install]
WantedBy=multi-user.target
`);
  });

  it('names no user where it is root', () => {
    const { environmentFile: _, description: __, ...rest } = input;
    const unit = renderEtcdUnit({
      ...rest,
      directives: [],
      exec: { binary: '/bin/etcd', words: [] },
      user: 'root',
    });
    expect(unit).toBe('[Service]\nExecStart=/bin/etcd\n');
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['first, where nothing leads', ['Restart'], ['User', 'Group', 'EnvironmentFile', 'ExecStart', 'Restart']],
    ['last, where all leads', ['Type'], ['Type', 'User', 'Group', 'EnvironmentFile', 'ExecStart']],
    [
      'after all that leads by convention',
      ['Type', 'NotifyAccess', 'WorkingDirectory', 'Environment', 'Nice', 'Type2'],
      [
        'Type',
        'NotifyAccess',
        'WorkingDirectory',
        'Environment',
        'User',
        'Group',
        'EnvironmentFile',
        'ExecStart',
        'Nice',
        'Type2',
      ],
    ],
    [
      'after a given environment file',
      ['EnvironmentFile', 'Nice'],
      ['EnvironmentFile', 'EnvironmentFile', 'User', 'Group', 'ExecStart', 'Nice'],
    ],
  ])('puts its own directives %s', (_, given, expected) => {
    const directives = [
      { name: 'Service', directives: given.map((name) => ({ name, values: ['x'] })) },
      { name: 'Unit', directives: [{ name: 'After', values: ['x'] }] },
    ];
    const [unit, service] = parseUnit(renderEtcdUnit({ ...input, directives }));
    expect(unit?.directives.map(({ name }) => name)).toEqual(['Description', 'After']);
    expect(service?.directives.flatMap(({ name, values }) => values.map(() => name))).toEqual(expected);
  });

  it('leaves given environment files alone where it has none of its own', () => {
    const { environmentFile: _, ...rest } = input;
    const directives = [{ name: 'Service', directives: [{ name: 'EnvironmentFile', values: ['-/a'] }] }];
    expect(renderEtcdUnit({ ...rest, directives })).toContain('[Service]\nEnvironmentFile=-/a\nUser=etcd\n');
  });

  it('lets given directives stand, and other environment files come after its own', () => {
    const unit = renderEtcdUnit({
      ...input,
      directives: [
        { name: 'Unit', directives: [{ name: 'Description', values: ['mine'] }] },
        {
          name: 'Service',
          directives: [
            { name: 'EnvironmentFile', values: ['-/etc/default/etcd'] },
            { name: 'ExecStart', values: ['/bin/mine'] },
          ],
        },
      ],
    });
    expect(unit).toBe(`[Unit]
Description=mine

[Service]
EnvironmentFile=/etc/etcd/etcd.env
EnvironmentFile=-/etc/default/etcd
User=etcd
Group=etcd
ExecStart=/bin/mine
`);
  });

  it('writes the environment file as a pattern of this one name', () => {
    const unit = renderEtcdUnit({ ...input, environmentFile: '/etc/[a] *?{b}\\%.env' });
    expect(unit).toContain('\nEnvironmentFile=/etc/\\[a\\] \\*\\?\\{b\\}\\\\%%.env\n');
  });

  it('keeps other sections before [Install] and takes another group', () => {
    const unit = renderEtcdUnit({
      ...input,
      directives: [...input.directives, { name: 'X-Own', directives: [{ name: 'A', values: ['1'] }] }],
      group: 'certs',
    });
    expect(unit.match(/^\[.*\]$/gm)).toEqual(['[Unit]', '[Service]', '[X-Own]', '[Install]']);
    expect(unit).toContain('\nGroup=certs\n');
  });

  it('refuses what a unit cannot hold', () => {
    expect(refusedAt(() => renderEtcdUnit({ ...input, description: 'a\nb' }))).toBe('');
    expect(refusedAt(() => renderEtcdUnit({ ...input, environmentFile: 'etcd.env' }))).toBe('');
    expect(refusedAt(() => renderEtcdUnit({ ...input, exec: { binary: 'etcd', words: [] } }))).toBe('');
  });
});
