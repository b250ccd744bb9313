import { describe, expect, it } from 'vitest';
import { membersOf, readFiles, seen } from '../../../support/host-files.js';
import { expectTried } from '../../../support/tried-setups.js';

type Files = Readonly<Record<string, string>>;

const pod = (container: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n${more}  containers:\n  - name: etcd\n${container.replace(/^/gm, '    ')}\n`;
const quadlet = (...lines: readonly string[]): string =>
  `[Container]\n${lines.join('\n')}\n[Install]\nWantedBy=x\n`;

const PODS: readonly (readonly [name: string, files: Files, seen: readonly string[]])[] = [
  [
    'kubeadm',
    {
      '/etc/kubernetes/manifests/etcd.yaml': pod(
        'image: registry.k8s.io/etcd:3.5.12-0\ncommand: [etcd, --name=e1]',
      ),
    },
    ['--name=e1'],
  ],
  [
    '.manifest',
    {
      '/etc/kubernetes/manifests/etcd.manifest': pod(
        'command: [/bin/sh, -c, "exec /usr/local/bin/etcd --name e2 1>>/var/log/etcd.log 2>&1"]',
      ),
    },
    ['--name e2'],
  ],
  [
    'rke2',
    {
      '/var/lib/rancher/rke2/agent/pod-manifests/etcd.yaml': pod(
        'image: x\ncommand: [etcd]\nargs: [--config-file=/c]',
      ),
    },
    ['--config-file=/c'],
  ],
  [
    'the folder of the kubelet',
    {
      '/var/lib/kubelet/config.yaml': 'kind: KubeletConfiguration\nstaticPodPath: /srv/pods/\n',
      '/srv/pods/etcd': pod('command: [etcd, --name=e3]'),
    },
    ['--name=e3'],
  ],
  [
    "the folder of the kubelet's flag",
    {
      '/etc/systemd/system/kubelet.service.d/10.conf':
        '[Service]\nExecStart=/usr/bin/kubelet --pod-manifest-path=/etc/kubelet.d\n',
      '/etc/kubelet.d/a.yml': pod('command: [etcd, --name=e4]'),
    },
    ['--name=e4'],
  ],
  [
    'references',
    {
      '/etc/kubernetes/manifests/e.yaml': pod(
        'command: [etcd, --name=$(NODE)]\nenv: [{name: NODE, value: e5}]',
      ),
    },
    ['--name=e5'],
  ],
  [
    'args alone',
    {
      '/etc/kubernetes/manifests/e.json': JSON.stringify({
        kind: 'Pod',
        spec: { containers: [{ image: 'quay.io/coreos/etcd:v3.4.3', args: ['--name', 'e6'] }] },
      }),
    },
    ['--name e6'],
  ],
  [
    'a sourced file below a mount',
    {
      '/etc/kubernetes/manifests/e.yaml': pod(
        'command: [sh, -c, "set -a\\n. /run/e/env\\nexec etcd"]\nvolumeMounts: [{name: v, mountPath: /run/e}]',
        '  volumes: [{name: v, hostPath: {path: /opt/e}}]\n',
      ),
      '/opt/e/env': 'ETCD_NAME=e7\n',
    },
    ['ETCD_NAME=e7'],
  ],
];

const MORE_PODS: typeof PODS = [
  [
    "the image's own command",
    {
      '/etc/kubernetes/manifests/e.yaml': pod(
        'image: quay.io/coreos/etcd:v3.5.1\nenv: [{name: ETCD_NAME, value: e8}]',
      ),
    },
    ['ETCD_NAME=e8'],
  ],
  [
    'a script of the host',
    {
      '/etc/kubernetes/manifests/e.yaml': pod(
        'command: [/scripts/start.sh]\nvolumeMounts: [{name: s, mountPath: /scripts}]',
        '  volumes: [{name: s, hostPath: {path: /opt/scripts}}]\n',
      ),
      '/opt/scripts/start.sh': '#!/bin/sh\nexec etcd --name e9\n',
    },
    ['--name e9'],
  ],
  [
    'a helper beside it',
    {
      '/etc/kubernetes/manifests/e.yaml': `${pod('image: quay.io/coreos/etcd:v3.5.1\ncommand: [etcd, --name=e10]')}  - name: helper\n    image: quay.io/coreos/etcd:v3.5.1\n    command: [sleep, infinity]\n`,
    },
    ['--name=e10'],
  ],
];

const QUADLETS: readonly (readonly [name: string, files: Files, seen: readonly string[]])[] = [
  [
    'variables',
    {
      '/etc/containers/systemd/etcd.container': quadlet(
        'Image=quay.io/coreos/etcd:v3.5.12',
        'Environment=ETCD_NAME=q1 "ETCD_DATA_DIR=/a b"',
      ),
    },
    ['ETCD_NAME=q1 ETCD_DATA_DIR=/a b'],
  ],
  [
    'Exec',
    {
      '/usr/share/containers/systemd/e.container': quadlet(
        'Image=quay.io/coreos/etcd:v3.5.12',
        'Exec=/usr/local/bin/etcd --name q2',
      ),
    },
    ['--name q2'],
  ],
  [
    'Exec without the binary',
    { '/etc/containers/systemd/e.container': quadlet('Image=docker.io/bitnami/etcd:3.5', 'Exec=--name q3') },
    ['ETCD_DATA_DIR=/bitnami/etcd/data --name q3'],
  ],
  [
    'EnvironmentFile, relative',
    {
      '/etc/containers/systemd/e.container': quadlet('Image=etcd:3.5', 'EnvironmentFile=./e.env'),
      '/etc/containers/systemd/e.env': 'ETCD_NAME=q4\n',
    },
    ['ETCD_NAME=q4'],
  ],
  [
    'an image unit',
    {
      '/etc/containers/systemd/e.container': quadlet('Image=e.image'),
      '/etc/containers/systemd/e.image': '[Image]\nImage=quay.io/coreos/etcd:v3.5.1\n',
    },
    [''],
  ],
  [
    'a drop-in',
    {
      '/etc/containers/systemd/e.container': quadlet('Image=etcd:3.5'),
      '/etc/containers/systemd/e.container.d/a.conf': '[Container]\nEnvironment=ETCD_NAME=q5\n',
    },
    ['ETCD_NAME=q5'],
  ],
  [
    'PodmanArgs',
    {
      '/etc/containers/systemd/e.container': quadlet(
        'Image=etcd:3.5',
        'PodmanArgs=--env ETCD_NAME=q6 --net=host',
      ),
    },
    ['ETCD_NAME=q6'],
  ],
  [
    'an instance',
    { '/etc/containers/systemd/e@7.container': quadlet('Image=etcd:3.5', 'Exec=etcd --name q%i') },
    ['--name q7'],
  ],
  [
    'a user without rights',
    { '/home/ops/.config/containers/systemd/e.container': quadlet('Image=etcd:3.5', 'Exec=etcd --name q8') },
    ['--name q8'],
  ],
  [
    'a kube unit',
    {
      '/etc/containers/systemd/e.kube': '[Kube]\nYaml=e.yaml\n',
      '/etc/containers/systemd/e.yaml': pod('command: [etcd, --name=q9]'),
    },
    ['--name=q9'],
  ],
  [
    'an entrypoint',
    {
      '/run/containers/systemd/e.container': quadlet(
        'Image=etcd:3.5',
        'Entrypoint=/bin/sh',
        "Exec=-c 'exec etcd --name q10'",
      ),
    },
    ['--name q10'],
  ],
  [
    'a template that names its instance',
    {
      '/etc/containers/systemd/etcd@.container': `${quadlet('Image=quay.io/coreos/etcd:v3.6.4', 'Network=host', 'EnvironmentFile=/srv/%i.env')}DefaultInstance=q1\n`,
      '/srv/q1.env': 'ETCD_NAME=q1\n',
    },
    ['ETCD_NAME=q1'],
  ],
];

const COMPOSE: readonly (readonly [name: string, files: Files, seen: readonly string[]])[] = [
  [
    'a map of variables',
    {
      '/opt/e/docker-compose.yml':
        'services:\n  e:\n    image: quay.io/coreos/etcd:v3.5.9\n    environment: {ETCD_NAME: c1}\n',
    },
    ['ETCD_NAME=c1'],
  ],
  [
    'a list of variables',
    { '/opt/e/compose.yaml': 'services:\n  e:\n    image: bitnami/etcd\n    environment: [ETCD_NAME=c2]\n' },
    ['ETCD_DATA_DIR=/bitnami/etcd/data ETCD_NAME=c2'],
  ],
  [
    'a command as text',
    {
      '/srv/docker-compose.yaml':
        'services:\n  e:\n    image: etcd:3.5\n    command: etcd --name c3\n      --data-dir=/d\n',
    },
    ['--name c3 --data-dir=/d'],
  ],
  [
    'a command as list',
    { '/srv/compose.yml': 'services: {e: {image: "etcd:3.5", command: [etcd, --name, c4]}}' },
    ['--name c4'],
  ],
  [
    'an environment file',
    {
      '/srv/compose.yml': 'services: {e: {image: "etcd:3.5", env_file: e.env}}',
      '/srv/e.env': 'ETCD_NAME="c5"\n',
    },
    ['ETCD_NAME=c5'],
  ],
  [
    '.env and defaults',
    {
      '/srv/compose.yml':
        'services:\n  e:\n    image: etcd:${TAG:-3.5}\n    command: etcd --name ${NAME} --log-level ${L:-info}\n',
      '/srv/.env': 'NAME=c6\n',
    },
    ['--name c6 --log-level info'],
  ],
  [
    'three members',
    {
      '/srv/docker-compose.etcd.yml': [
        'services:',
        ...[1, 2, 3].map((n) => `  e${n}: {image: "etcd:3.5", command: "etcd --name c${n}"}`),
      ].join('\n'),
    },
    ['--name c1', '--name c2', '--name c3'],
  ],
  [
    'anchors',
    {
      '/srv/compose.yml': 'x-e: &e {image: "etcd:3.5"}\nservices:\n  a: {<<: *e, command: etcd --name c7}\n',
    },
    ['--name c7'],
  ],
  [
    'another image, with etcd in it',
    {
      '/srv/compose.yml':
        'services: {e: {image: "acme/store", entrypoint: [/usr/bin/etcd], command: [--name, c8]}}',
    },
    ['--name c8'],
  ],
  [
    'flags without the binary',
    { '/srv/compose.yml': 'services: {e: {image: "etcd:3.5", command: --name c9}}' },
    ['--name c9'],
  ],
];

const CONVENTIONS: readonly (readonly [name: string, files: Files, seen: readonly string[]])[] = [
  [
    'k3s',
    { '/var/lib/rancher/k3s/server/db/etcd/config': 'name: k\ndata-dir: /d\nlisten-peer-urls: x\n' },
    ['--config-file=/var/lib/rancher/k3s/server/db/etcd/config'],
  ],
  [
    'rke2 with a moved data folder',
    { '/data/rke2/server/db/etcd/config': 'data-dir: /d\nlisten-peer-urls: x\n' },
    ['--config-file=/data/rke2/server/db/etcd/config'],
  ],
  [
    'the snap',
    { '/var/snap/etcd/common/etcd.conf.yml': 'data-dir: /d\ninitial-cluster: x\n' },
    ['--config-file=/var/snap/etcd/common/etcd.conf.yml'],
  ],
  [
    'MicroK8s',
    {
      '/var/snap/microk8s/current/args/etcd':
        '--data-dir=${SNAP_COMMON}/var/run/etcd\n--listen-client-urls=https://0.0.0.0:12379\n',
    },
    ['--data-dir=/var/snap/microk8s/common/var/run/etcd --listen-client-urls=https://0.0.0.0:12379'],
  ],
  [
    'runit',
    { '/etc/sv/etcd/run': '#!/bin/sh\nexec 2>&1\nexec chpst -u etcd /usr/bin/etcd --name r1\n' },
    ['--name r1'],
  ],
  [
    'SysV',
    {
      '/etc/init.d/etcd':
        '#!/bin/sh\n. /etc/default/etcd\nstart() {\n  start-stop-daemon --start --chuid etcd --exec /usr/bin/etcd -- --name $NAME\n}\n',
      '/etc/default/etcd': 'NAME=r2\n',
    },
    ['--name r2'],
  ],
  ['s6', { '/etc/services.d/etcd/run': '#!/bin/sh\nexec s6-setuidgid etcd etcd --name r6\n' }, ['--name r6']],
  [
    's6-overlay, in execline',
    {
      '/etc/s6-overlay/s6-rc.d/etcd/run':
        '#!/command/execlineb -P\nfdmove -c 2 1\ns6-setuidgid etcd\n/usr/bin/etcd --name r7\n',
    },
    ['--name r7'],
  ],
  [
    'OpenRC',
    {
      '/etc/init.d/etcd':
        '#!/sbin/openrc-run\ncommand="/usr/bin/etcd"\ncommand_args="$OPTIONS"\ncommand_user="etcd:etcd"\n\ndepend() {\n  need net\n}\n',
      '/etc/conf.d/etcd': 'OPTIONS="--name r8 --data-dir /d"\nexport ETCD_LOG_LEVEL=warn\n',
    },
    ['ETCD_LOG_LEVEL=warn --name r8 --data-dir /d'],
  ],
  [
    'Upstart',
    { '/etc/init/etcd.conf': 'description "etcd"\nrespawn\nexec /usr/bin/etcd --name r3\n' },
    ['--name r3'],
  ],
  [
    'supervisord',
    {
      '/etc/supervisor/conf.d/etcd.conf':
        '[program:etcd]\ncommand=/usr/bin/etcd --name r4\nenvironment=ETCD_LOG_LEVEL="info",X=1\n',
    },
    ['ETCD_LOG_LEVEL=info --name r4'],
  ],
  [
    'rc.local',
    { '/etc/rc.local': '#!/bin/sh -e\nnohup /opt/etcd/etcd --name r5 > /var/log/etcd.log 2>&1 &\nexit 0\n' },
    ['--name r5'],
  ],
  [
    'runit, with its options in a file beside the script',
    {
      '/etc/sv/etcd/run':
        '#!/bin/sh\n[ -r ./conf ] && . ./conf\nexec 2>&1\nexec chpst -u _etcd:_etcd etcd $OPTS\n',
      '/etc/sv/etcd/conf': 'OPTS="--name r9 --data-dir=/d"\n',
    },
    ['--name r9 --data-dir=/d'],
  ],
  [
    'a table of cron for the system',
    {
      '/etc/cron.d/etcd':
        'SHELL=/bin/sh\nETCD_LOG_LEVEL="warn"\n@reboot etcd /usr/bin/etcd --name c1 >> /var/log/etcd.log 2>&1\n0 * * * * root /usr/bin/etcdctl snapshot save /b\n',
    },
    ['ETCD_LOG_LEVEL=warn --name c1'],
  ],
  [
    "a user's table of cron",
    { '/var/spool/cron/crontabs/ops': '@reboot cd /opt && nohup ./etcd --name=c2 &\n' },
    ['--name=c2'],
  ],
];

describe.each([
  ['static pods', [...PODS, ...MORE_PODS]],
  ['quadlets', QUADLETS],
  ['compose files', COMPOSE],
  ['known places', CONVENTIONS],
])('%s', (kind, cases) => {
  it('are as many as test/README.md says', () => expectTried(kind, cases.length));

  it.each(cases)('%s', (__, files, expected) => {
    const members = membersOf(files);
    expect(members.map(seen)).toEqual(expected);
    expect(members.every(({ isNamed }) => isNamed)).toBe(true);
  });
});

describe('settings that no service names', () => {
  it.each([
    [
      'a configuration file',
      { '/etc/etcd/etcd.yml': 'data-dir: /d\ninitial-cluster: a\n' },
      ['--config-file=/etc/etcd/etcd.yml'],
    ],
    [
      'variables',
      { '/etc/default/etcd': 'ETCD_NAME="n1"\nETCD_INITIAL_CLUSTER="n1=http://10.0.0.1:2380"\n' },
      ['ETCD_NAME=n1 ETCD_INITIAL_CLUSTER=n1=http://10.0.0.1:2380'],
    ],
    [
      'a script',
      { '/root/start-etcd.sh': 'docker run -d --net host quay.io/coreos/etcd:v3.5.0 etcd --name n2\n' },
      ['--name n2'],
    ],
  ])('make a member that is said to be made up: %s', (_, files, expected) => {
    const members = membersOf(files);
    expect(members.map(seen)).toEqual(expected);
    expect(members.every(({ isNamed }) => isNamed)).toBe(false);
  });

  it('are left alone beside a service', () => {
    const files = {
      '/etc/systemd/system/etcd.service':
        '[Service]\nExecStart=/usr/bin/etcd --config-file /etc/etcd/a.yml\n',
      '/etc/etcd/b.yml': 'data-dir: /d\ninitial-cluster: a\n',
    };
    expect(membersOf(files).map(seen)).toEqual(['--config-file /etc/etcd/a.yml']);
  });
});

describe('what only the running host knows', () => {
  it.each([
    ['a machine id', 'Environment=ETCD_NAME=%m\nExecStart=/usr/bin/etcd', ['%m']],
    ["an instance's name", 'ExecStart=/usr/bin/etcd --name %i', ['%i']],
    [
      'the output of a command',
      "ExecStart=/bin/sh -c 'etcd --name e1 --listen-peer-urls http://$$(hostname -i):2380'",
      ['$(hostname -i)'],
    ],
  ])('is kept apart: %s', (_, lines, unknowns) => {
    const name = lines.includes('%i') ? 'etcd@.service' : 'etcd.service';
    const [member] = membersOf({ [`/etc/systemd/system/${name}`]: `[Service]\n${lines}\n` });
    expect(member?.unknowns).toEqual(unknowns);
  });

  it("is the host's name where the files have it", () => {
    const [member] = membersOf({
      '/etc/hostname': 'e1.example.org\n',
      '/etc/systemd/system/etcd.service':
        "[Service]\nExecStart=/bin/sh -c 'exec etcd --name $$(hostname -s)'\n",
    });
    expect(member?.args).toEqual(['--name', 'e1']);
    expect(readFiles({}).services).toEqual([]);
  });
});

it('takes the user alone of what chpst is given', () => {
  const [member] = membersOf({ '/etc/sv/etcd/run': '#!/bin/sh\nexec chpst -u :_etcd:_etcd etcd --name a\n' });
  expect(member?.user).toBe('_etcd');
});

it('finds the files of a compose file that its service gets as secrets and configurations', () => {
  const [member] = membersOf({
    '/srv/compose.yaml':
      'services:\n  kv:\n    image: quay.io/coreos/etcd:v3.6.5\n    command: [etcd]\n    secrets: [crt, {source: key, target: k.pem}, far]\n    configs: [conf]\nsecrets:\n  crt: {file: c.pem}\n  key: {file: ./tls/key.pem}\n  far: {external: true}\nconfigs:\n  conf: {file: /etc/kv/etcd.yml}\n',
  });
  const places = ['/run/secrets/crt', '/run/secrets/k.pem', '/conf'].map((path) => member?.hostPath(path));
  expect(places).toEqual(['/srv/c.pem', '/srv/tls/key.pem', '/etc/kv/etcd.yml']);
  expect(member?.isMounted?.('/run/secrets/far')).toBe(true);
  expect(member?.isMounted?.('/run/secrets/other')).toBe(false);
});

it('makes up the members of a Procfile', () => {
  const { services } = readFiles({
    '/home/dev/Procfile':
      '# goreman\na: bin/etcd --name a\nb: bin/etcd --name b\nproxy: bin/etcd grpc-proxy start\n',
  });
  expect(services).toMatchObject([
    { args: ['--name', 'a'], isNamed: false },
    { args: ['--name', 'b'], isNamed: false },
  ]);
});

it.each([
  [
    'Nomad',
    '/etc/nomad.d/kv.nomad.hcl',
    'job "kv" {\n  config {\n    image = "quay.io/coreos/etcd:v3.5.9"\n  }\n}\n',
  ],
  ['systemd-nspawn', '/etc/systemd/nspawn/kv.nspawn', '[Exec]\nParameters=/usr/bin/etcd --name a\n'],
  ['monit', '/etc/monit/conf.d/kv', 'check process kv\n start program = "/usr/local/bin/etcd --name a"\n'],
  ['Talos', '/controlplane.yaml', 'machine:\n  type: controlplane\ncluster:\n  etcd:\n    ca: {}\n'],
  ['cloud-init', '/var/lib/cloud/instance/user-data.txt', '#cloud-config\ncoreos:\n  etcd2:\n    name: a\n'],
  ['Ignition', '/config.ign', '{"systemd":{"units":[{"name":"etcd-member.service"}]}}\n'],
])('names what speaks of etcd to %s', (by, path, text) => {
  expect(readFiles({ [path]: text }).unread).toEqual([{ path, command: '', by }]);
});

it('does not name it beside a member', () => {
  const { unread } = readFiles({
    '/etc/systemd/system/etcd.service': '[Service]\nExecStart=/usr/bin/etcd\n',
    '/var/lib/cloud/instance/user-data.txt': '#cloud-config\ncoreos:\n  etcd2:\n    name: a\n',
  });
  expect(unread).toEqual([]);
});

describe('what will be a member', () => {
  const K3S = '/etc/systemd/system/k3s.service';
  const RKE2 = '/usr/local/lib/systemd/system/rke2-server.service';
  const unit = (command: string): string => `[Service]\nExecStart=${command}\n`;
  const hidden = (files: Files): readonly (string | undefined)[] =>
    readFiles(files).unread.map(({ embedded }) => embedded?.settings);
  const SETTINGS = '/var/lib/rancher/k3s/server/db/etcd/config';

  it.each([
    ['the first server of k3s', { [K3S]: unit('/usr/local/bin/k3s server --cluster-init') }, SETTINGS],
    [
      'a server of k3s that joins',
      { [K3S]: unit('/usr/local/bin/k3s server --server https://10.0.0.1:6443') },
      SETTINGS,
    ],
    [
      'the configuration file of k3s',
      { [K3S]: unit('/usr/local/bin/k3s server'), '/etc/rancher/k3s/config.yaml': 'cluster-init: true\n' },
      SETTINGS,
    ],
    [
      'a variable',
      { [K3S]: `${unit('/usr/local/bin/k3s server')}Environment=K3S_CLUSTER_INIT=true\n` },
      SETTINGS,
    ],
    [
      'rke2 with a moved data folder',
      { [RKE2]: unit('/usr/local/bin/rke2 server --data-dir=/data') },
      '/data/server/db/etcd/config',
    ],
  ])('is named with the place of its settings: %s', (_, files, settings) => {
    expect(hidden(files)).toEqual([settings]);
  });

  it('is named where its settings stand in no file: k0s', () => {
    const { unread } = readFiles({
      '/etc/systemd/system/k0scontroller.service': unit('/usr/local/bin/k0s controller'),
    });
    expect(unread).toMatchObject([{ command: '/usr/local/bin/k0s controller', embedded: {} }]);
  });

  it.each([
    ['k3s with SQLite', { [K3S]: unit('/usr/local/bin/k3s server') }],
    ['an agent', { [K3S]: unit('/usr/local/bin/k3s agent --server https://10.0.0.1:6443') }],
    ['another store', { [RKE2]: unit('/usr/local/bin/rke2 server --datastore-endpoint=mysql://x') }],
  ])('is not there: %s', (_, files) => expect(hidden(files)).toEqual([]));

  it('is read once its settings are there', () => {
    const files = {
      [K3S]: unit('/usr/local/bin/k3s server --cluster-init'),
      [SETTINGS]: 'data-dir: /d\ninitial-cluster: x\n',
    };
    expect(hidden(files)).toEqual([]);
    expect(membersOf(files)).toHaveLength(1);
  });
});
