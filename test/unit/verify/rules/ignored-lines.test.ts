import { expect, it } from 'vitest';
import { describeRule } from './describe-rule.js';
import { line, soundHosts, UNIT } from './hosts.js';

const unit = (command: string): string =>
  `[Service]\nType=notify\n${command}\nRestart=always\nLimitNOFILE=65536\n`;
const strays =
  (command: string): Parameters<typeof describeRule>[1][number][2] =>
  (hosts) =>
    hosts.put('e1', UNIT, unit(command));

describeRule('ignored-lines', [
  [
    'export in an environment file',
    'error',
    (hosts) =>
      hosts
        .unit('e1', line('EnvironmentFile=/etc/etcd.env'))
        .put('e1', 'etc/etcd.env', 'export ETCD_LOG_LEVEL=info\n'),
  ],
  [
    'a colon in an environment file',
    'warning',
    (hosts) =>
      hosts
        .unit('e1', line('EnvironmentFile=/etc/etcd.env'))
        .put('e1', 'etc/etcd.env', 'ETCD_LOG_LEVEL: info\n'),
  ],
  [
    'a line without a backslash before the flags',
    'error',
    strays('ExecStart=/usr/bin/etcd --name e1\n  --data-dir=/d'),
  ],
  [
    'flags behind the closing quote',
    'error',
    strays('ExecStart=/bin/sh -c "/usr/bin/etcd"\n--cert-file=/a \\\n--key-file=/b \\'),
  ],
  ['flags without values', 'error', strays('ExecStart=/usr/bin/etcd --name e1\n  --client-cert-auth')],
  [
    'an empty line in the midst',
    'error',
    strays('ExecStart=/usr/bin/etcd \\\n  --name e1 \\\n\n  --data-dir /d'),
  ],
  ['flags of something else', 'warning', strays('ExecStart=/usr/bin/etcd --name e1\n--pull=always')],
  [
    'quotes in the environment file of a container',
    'warning',
    (hosts) =>
      hosts
        .put(
          'e1',
          UNIT,
          unit('ExecStart=/usr/bin/docker run --env-file /etc/etcd.env quay.io/coreos/etcd:v3.6.16'),
        )
        .put('e1', 'etc/etcd.env', 'ETCD_NAME="e1"\n'),
  ],
  [
    'a sourced file that is not exported',
    'error',
    (hosts) =>
      hosts
        .put('e1', UNIT, unit("ExecStart=/bin/sh -c '. /etc/etcd.env; exec /usr/bin/etcd'"))
        .put('e1', 'etc/etcd.env', 'ETCD_NAME=e1\nETCD_DATA_DIR=/d\n'),
  ],
]);

it('what a script hands on as a flag was not lost', async () => {
  const hosts = (await soundHosts())
    .put(
      'e1',
      UNIT,
      unit('ExecStart=/bin/sh -c \'. /etc/etcd.env; exec /usr/bin/etcd --name "$$ETCD_NAME"\''),
    )
    .put('e1', 'etc/etcd.env', 'ETCD_NAME=e1\n');
  expect((await hosts.findings()).filter(({ rule }) => rule === 'ignored-lines')).toEqual([]);
});

it('tells what a backslash swallows', async () => {
  const hosts = (await soundHosts()).put(
    'e1',
    UNIT,
    unit('ExecStart=/bin/sh -c "/usr/bin/etcd"\n--cert-file=/a \\'),
  );
  const [found] = (await hosts.findings()).filter(({ rule }) => rule === 'ignored-lines');
  expect(found?.message).toMatch(/--cert-file: .* swallows Restart as well/);
});
