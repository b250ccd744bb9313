import { describe, expect, it } from 'vitest';
import { membersOf, readFiles, seen } from '../../../support/host-files.js';
import { expectTried } from '../../../support/tried-setups.js';

const UNIT = '/etc/systemd/system/etcd.service';
const ENV = 'ETCD_NAME=e1\nETCD_DATA_DIR=/data\n';

/** What a unit's lines start, with the files beside it. */
const CASES: readonly (readonly [
  name: string,
  lines: string,
  files: Readonly<Record<string, string>>,
  seen: string,
])[] = [
  ['etcd itself', 'ExecStart=/usr/bin/etcd --name e1', {}, '--name e1'],
  [
    'podman with an environment file',
    'ExecStart=/usr/bin/podman run --rm --name etcd --env-file /etc/etcd.env --network host quay.io/coreos/etcd:v3.5.12',
    { '/etc/etcd.env': ENV },
    'ETCD_NAME=e1 ETCD_DATA_DIR=/data',
  ],
  [
    'docker with variables and a command',
    'ExecStart=/usr/bin/docker run --net=host -e ETCD_NAME=e1 -eETCD_LOG_LEVEL=info --env ETCD_DATA_DIR=/d gcr.io/etcd-development/etcd:v3.6.0 /usr/local/bin/etcd --heartbeat-interval 250',
    {},
    'ETCD_NAME=e1 ETCD_LOG_LEVEL=info ETCD_DATA_DIR=/d --heartbeat-interval 250',
  ],
  [
    "a variable that the unit hands on, and the image's command",
    'Environment=ETCD_NAME=e4 IMAGE=registry.local:5000/infra/etcd:3.5.9-0\nExecStart=/bin/docker run -dit -p 2379:2379 -e ETCD_NAME $IMAGE',
    {},
    'ETCD_NAME=e4',
  ],
  [
    'nerdctl, global options, an entrypoint',
    'ExecStart=/usr/local/bin/nerdctl -n k8s.io run --entrypoint /usr/local/bin/etcd --net host etcd:v3.5.1 --name e5',
    {},
    '--name e5',
  ],
  [
    'flags behind the image',
    'ExecStart=/usr/bin/podman run --net=host docker.io/bitnami/etcd:3.5 --name e6',
    {},
    'ETCD_DATA_DIR=/bitnami/etcd/data --name e6',
  ],
  [
    'docker in ExecStartPre',
    'ExecStartPre=-/usr/bin/docker rm -f etcd\nExecStartPre=/usr/bin/docker create --name etcd --net host quay.io/coreos/etcd:v3.5.13 etcd --name e7\nExecStart=/usr/bin/docker start -a etcd',
    {},
    '--name e7',
  ],
  [
    'a shell and a container in it',
    "ExecStart=/bin/bash -c 'source /etc/etcd.env; exec docker run --net host -e ETCD_NAME=$ETCD_NAME --rm quay.io/coreos/etcd:v3.5.13'",
    { '/etc/etcd.env': ENV },
    'ETCD_NAME=e1',
  ],
  [
    'a shell in a container',
    "ExecStart=/usr/bin/podman run --net host -v /etc/etcd:/conf quay.io/coreos/etcd:v3.4.9 /bin/sh -c 'set -a; . /conf/env; exec etcd --log-level info'",
    { '/etc/etcd/env': ENV },
    'ETCD_NAME=e1 ETCD_DATA_DIR=/data --log-level info',
  ],
  [
    'a script by its name',
    'ExecStart=/usr/local/bin/run-etcd --name e8',
    { '/usr/local/bin/run-etcd': '#!/usr/bin/env bash\nset -e\nexec /opt/etcd/etcd "$@" --data-dir /d\n' },
    '--name e8 --data-dir /d',
  ],
  [
    'a script for a shell',
    'EnvironmentFile=/etc/etcd.env\nExecStart=/bin/sh /opt/start.sh',
    { '/opt/start.sh': 'etcd --name $ETCD_NAME --data-dir ${DIR:-/var/lib/etcd}\n', '/etc/etcd.env': ENV },
    'ETCD_NAME=e1 ETCD_DATA_DIR=/data --name e1 --data-dir /var/lib/etcd',
  ],
  [
    "CoreOS's wrapper",
    'Environment=ETCD_IMAGE_TAG=v3.4.14 ETCD_SSL_DIR=/etc/ssl/etcd\nExecStart=/usr/lib/coreos/etcd-wrapper --name=e9 --data-dir=/var/lib/etcd',
    {},
    '--name=e9 --data-dir=/var/lib/etcd',
  ],
  ['another user', 'ExecStart=/usr/sbin/runuser -u etcd -- /usr/bin/etcd --name e1', {}, '--name e1'],
  [
    'env and taskset',
    'ExecStart=/usr/bin/env ETCD_NAME=e1 taskset -c 0,1 /usr/bin/etcd --log-level info',
    {},
    'ETCD_NAME=e1 --log-level info',
  ],
  [
    "a script under etcd's name, as kubespray has it for docker",
    'User=root\nEnvironmentFile=-/etc/etcd.env\nExecStart=/usr/local/bin/etcd',
    {
      '/usr/local/bin/etcd':
        '#!/bin/bash\n/usr/bin/docker run \\\n  --restart=on-failure:5 \\\n  --env-file=/etc/etcd.env \\\n  --net=host \\\n  -v /etc/ssl/certs:/etc/ssl/certs:ro \\\n  --memory=512M \\\n  --name=etcd1 \\\n  quay.io/coreos/etcd:v3.4.13 \\\n  /usr/local/bin/etcd \\\n  "$@"\n',
      '/etc/etcd.env': ENV,
    },
    'ETCD_NAME=e1 ETCD_DATA_DIR=/data',
  ],
  [
    "the unit of CentOS' package",
    'EnvironmentFile=-/etc/etcd.env\nUser=etcd\nExecStart=/bin/bash -c "GOMAXPROCS=$(nproc) /usr/bin/etcd --name=\\"${ETCD_NAME}\\" --data-dir=\\"${ETCD_DATA_DIR}\\""',
    { '/etc/etcd.env': ENV },
    'ETCD_NAME=e1 ETCD_DATA_DIR=/data --name=e1 --data-dir=/data',
  ],
  ['su', "ExecStart=/bin/su etcd -c '/usr/bin/etcd --name e1'", {}, '--name e1'],
];

describe('what a unit starts', () => {
  it('was tried as often as test/README.md says', () => expectTried('commands of units', CASES.length));

  it.each(CASES)('is followed to etcd: %s', (_, lines, files, expected) => {
    const members = membersOf({ [UNIT]: `[Service]\n${lines}\n`, ...files });
    expect(members.map(seen)).toEqual([expected]);
    expect(readFiles({ [UNIT]: `[Service]\n${lines}\n`, ...files }).unread).toEqual([]);
  });

  it('is started once for each instance that a target names', () => {
    const link = '/etc/systemd/system/multi-user.target.wants';
    const template = '[Service]\nEnvironmentFile=/etc/etcd/%i.env\nExecStart=/usr/bin/etcd\n';
    const members = membersOf({
      '/etc/systemd/system/etcd@.service': template,
      [`${link}/etcd@a.service`]: template,
      [`${link}/etcd@b.service`]: template,
      '/etc/etcd/a.env': 'ETCD_NAME=a\n',
      '/etc/etcd/b.env': 'ETCD_NAME=b\n',
    });
    expect(members.map(seen)).toEqual(['ETCD_NAME=a', 'ETCD_NAME=b']);
  });

  it('lies on the host where a container mounts it', () => {
    const options = [
      '-v /etc/ssl/etcd:/certs:ro',
      '--volume=/srv/data:/data:Z',
      '--mount type=bind,source=/opt/ca.pem,target=/ca.pem,readonly',
      '-v named:/named',
    ];
    const [member] = membersOf({
      [UNIT]: `[Service]\nExecStart=/usr/bin/docker run ${options.join(' ')} quay.io/coreos/etcd:v3.5.13\n`,
    });
    const places = ['/certs/a.pem', '/data', '/ca.pem', '/named/x', '/elsewhere'];
    expect(places.map((path) => member?.hostPath(path))).toEqual([
      '/etc/ssl/etcd/a.pem',
      '/srv/data',
      '/opt/ca.pem',
      '/var/lib/docker/volumes/named/_data/x',
      '/elsewhere',
    ]);
    expect(places.map((path) => member?.isMounted?.(path))).toEqual([true, true, true, true, false]);
    expect(member).toMatchObject({
      type: 'container',
      image: 'quay.io/coreos/etcd:v3.5.13',
      hasOwnNetwork: true,
    });
  });

  it('is not a member where it is one of the proxies', () => {
    const command = [
      'gateway start --endpoints=10.0.0.1:2379',
      'grpc-proxy start --endpoints=http://10.0.0.1:2379',
    ];
    for (const words of command) {
      const reading = readFiles({ [UNIT]: `[Service]\nExecStart=/usr/bin/etcd ${words}\n` });
      expect(reading.services).toEqual([]);
      expect(reading.unread).toEqual([]);
    }
  });

  it.each([
    ['a program that nobody knows', 'ExecStart=/opt/acme/supervise etcd-main', {}],
    ['a script that is not there', 'ExecStart=/opt/start-etcd.sh', {}],
    ['a container that something else made', 'ExecStart=/usr/bin/docker start -a etcd', {}],
    [
      'a script in another language',
      'ExecStart=/opt/etcd.py',
      { '/opt/etcd.py': '#!/usr/bin/python3\nimport os\n' },
    ],
  ])('is named where it is not understood: %s', (_, line, files) => {
    const { unread, services } = readFiles({ [UNIT]: `[Service]\n${line}\n`, ...files });
    expect(services).toEqual([]);
    expect(unread).toEqual([{ path: UNIT, command: line.replace('ExecStart=', '') }]);
  });

  it.each([
    ['etcd-backup.service', '/usr/local/bin/etcdctl snapshot save /backup/x'],
    ['etcd-backup.service', '/usr/local/bin/backup-etcd.sh'],
    ['kube-apiserver.service', '/usr/bin/kube-apiserver --etcd-servers=http://127.0.0.1:2379'],
    ['patroni.service', '/usr/bin/patroni /etc/patroni.yml'],
    ['etcd-defrag.service', '/usr/bin/etcd-defrag --cluster'],
  ])('is not named where it only serves etcd or its clients: %s', (name, command) => {
    const reading = readFiles({
      [`/etc/systemd/system/${name}`]: `[Unit]\nAfter=etcd.service\n[Service]\nExecStart=${command}\n`,
    });
    expect(reading.unread).toEqual([]);
    expect(reading.services).toEqual([]);
  });
});
