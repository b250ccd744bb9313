import type { PemPair, TestAuthority } from '../authority.js';

/** One of the hosts of a cluster of three. */
export interface GuideHost {
  readonly index: number;
  readonly name: string;
  readonly address: string;
  readonly hosts: readonly { readonly name: string; readonly address: string }[];
  readonly authority: TestAuthority;
  readonly other: TestAuthority;
}

export interface Guide {
  readonly name: string;
  /** Of all hosts together. */
  readonly members: number;
  readonly files: (host: GuideHost) => Readonly<Record<string, string>>;
}

const all = ({ hosts }: GuideHost, prefix = '', port = 2380): string =>
  hosts.map(({ name, address }) => `${prefix}${name}=https://${address}:${port}`).join(',');

function leaf(
  { name, address }: GuideHost,
  authority: TestAuthority,
  usage = 'serverAuth,clientAuth',
): PemPair {
  return authority.issue({
    commonName: name,
    altNames: `IP:${address},IP:127.0.0.1,DNS:${name},DNS:localhost`,
    extendedKeyUsage: usage,
  });
}

/** One pair that all members have, with the addresses of all of them. */
const shared = new WeakMap<TestAuthority, PemPair>();

function sharedLeaf({ hosts, authority }: GuideHost): PemPair {
  const issued =
    shared.get(authority) ??
    authority.issue({
      commonName: 'etcd',
      altNames: ['DNS:localhost', 'IP:127.0.0.1', ...hosts.map(({ address }) => `IP:${address}`)].join(),
      extendedKeyUsage: 'serverAuth,clientAuth',
    });
  shared.set(authority, issued);
  return issued;
}

/** Without TLS. */
function plain(
  { name, address, hosts }: GuideHost,
  prefix: string,
  token: string,
  without: readonly string[] = [],
): Readonly<Record<string, string>> {
  const settings = {
    name,
    'data-dir': '/var/lib/etcd',
    'listen-client-urls': `http://${address}:2379,http://127.0.0.1:2379`,
    'advertise-client-urls': `http://${address}:2379`,
    'listen-peer-urls': `http://${address}:2380`,
    'initial-advertise-peer-urls': `http://${address}:2380`,
    'initial-cluster': hosts.map((one, at) => `${prefix}${at + 1}=http://${one.address}:2380`).join(),
    'initial-cluster-token': token,
    'initial-cluster-state': 'new',
  };
  return Object.fromEntries(Object.entries(settings).filter(([key]) => !without.includes(key)));
}

function variables(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).map(
    ([name, value]) => `ETCD_${name.toUpperCase().replaceAll('-', '_')}="${value}"`,
  );
}

function pair(
  stem: string,
  { certificate, key }: PemPair,
  ends: readonly [string, string],
): Record<string, string> {
  return { [`${stem}${ends[0]}`]: certificate, [`${stem}${ends[1]}`]: key };
}

const PEM = ['.pem', '-key.pem'] as const;
const CRT = ['.crt', '.key'] as const;

function unit(command: string, ...lines: readonly string[]): string {
  return `[Unit]\nDescription=etcd\nAfter=network.target\n\n[Service]\n${lines.map((text) => `${text}\n`).join('')}ExecStart=${command}\n\n[Install]\nWantedBy=multi-user.target\n`;
}

function kubespray(
  host: GuideHost,
  kind: '' | '-events',
  [client, peer, metrics]: readonly [number, number, number],
): Record<string, string> {
  const { address, index } = host;
  const tls = '/etc/ssl/etcd/ssl';
  const named = { ...host, hosts: host.hosts.map((one, at) => ({ ...one, name: `etcd${at + 1}${kind}` })) };
  return {
    [`/etc/etcd${kind}.env`]: [
      `ETCD_DATA_DIR=/var/lib/etcd${kind}`,
      `ETCD_ADVERTISE_CLIENT_URLS=https://${address}:${client}`,
      `ETCD_INITIAL_ADVERTISE_PEER_URLS=https://${address}:${peer}`,
      'ETCD_INITIAL_CLUSTER_STATE=new',
      'ETCD_METRICS=basic',
      `ETCD_LISTEN_METRICS_URLS=http://127.0.0.1:${metrics}`,
      `ETCD_LISTEN_CLIENT_URLS=https://${address}:${client},https://127.0.0.1:${client}`,
      'ETCD_ELECTION_TIMEOUT=5000',
      'ETCD_HEARTBEAT_INTERVAL=250',
      `ETCD_INITIAL_CLUSTER_TOKEN=k8s_etcd${kind.replace('-', '_')}`,
      `ETCD_LISTEN_PEER_URLS=https://${address}:${peer}`,
      `ETCD_NAME=etcd${index}${kind}`,
      `ETCD_INITIAL_CLUSTER=${all(named, '', peer)}`,
      'ETCD_AUTO_COMPACTION_RETENTION=8',
      'ETCD_SNAPSHOT_COUNT=100000',
      '# TLS settings',
      `ETCD_TRUSTED_CA_FILE=${tls}/ca.pem`,
      `ETCD_CERT_FILE=${tls}/member-${host.name}.pem`,
      `ETCD_KEY_FILE=${tls}/member-${host.name}-key.pem`,
      'ETCD_CLIENT_CERT_AUTH=true',
      `ETCD_PEER_TRUSTED_CA_FILE=${tls}/ca.pem`,
      `ETCD_PEER_CERT_FILE=${tls}/member-${host.name}.pem`,
      `ETCD_PEER_KEY_FILE=${tls}/member-${host.name}-key.pem`,
      'ETCD_PEER_CLIENT_CERT_AUTH=True',
      '# CLI settings',
      'ETCDCTL_ENDPOINTS=https://127.0.0.1:2379',
      `ETCDCTL_CACERT=${tls}/ca.pem`,
      `ETCDCTL_KEY=${tls}/admin-${host.name}-key.pem`,
      `ETCDCTL_CERT=${tls}/admin-${host.name}.pem`,
      '',
    ].join('\n'),
    [`/etc/systemd/system/etcd${kind}.service`]: unit(
      '/usr/local/bin/etcd',
      ...[
        'Type=notify',
        'User=root',
        `EnvironmentFile=/etc/etcd${kind}.env`,
        'NotifyAccess=all',
        'Restart=always',
      ],
      ...['RestartSec=10s', 'LimitNOFILE=40000'],
    ),
  };
}

function kubesprayKeys(host: GuideHost): Record<string, string> {
  const { authority, name } = host;
  return {
    '/etc/ssl/etcd/ssl/ca.pem': authority.certificate,
    ...pair(`/etc/ssl/etcd/ssl/member-${name}`, leaf(host, authority), PEM),
    ...pair(`/etc/ssl/etcd/ssl/admin-${name}`, leaf(host, authority), PEM),
    ...pair(`/etc/ssl/etcd/ssl/node-${name}`, leaf(host, authority), PEM),
  };
}

function flags(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `--${name}=${value}`)
    .join(' \\\n  ');
}

function usual(
  { name, address }: GuideHost,
  cluster: string,
  certificate: string,
  key: string,
  ca: string,
): Record<string, string> {
  return {
    name,
    'cert-file': certificate,
    'key-file': key,
    'peer-cert-file': certificate,
    'peer-key-file': key,
    'trusted-ca-file': ca,
    'peer-trusted-ca-file': ca,
    'peer-client-cert-auth': 'true',
    'client-cert-auth': 'true',
    'initial-advertise-peer-urls': `https://${address}:2380`,
    'listen-peer-urls': `https://${address}:2380`,
    'listen-client-urls': `https://${address}:2379,https://127.0.0.1:2379`,
    'advertise-client-urls': `https://${address}:2379`,
    'initial-cluster-token': 'etcd-cluster-0',
    'initial-cluster': cluster,
    'initial-cluster-state': 'new',
    'data-dir': '/var/lib/etcd',
  };
}

function rancher(host: GuideHost, product: 'k3s' | 'rke2'): Record<string, string> {
  const { address, authority, other, index, hosts, name } = host;
  const home = `/var/lib/rancher/${product}/server`;
  const known = { ...host, hosts: hosts.slice(0, index) };
  return {
    [`${home}/db/etcd/config`]: [
      `advertise-client-urls: https://${address}:2379`,
      'client-transport-security:',
      `  cert-file: ${home}/tls/etcd/server-client.crt`,
      '  client-cert-auth: true',
      `  key-file: ${home}/tls/etcd/server-client.key`,
      `  trusted-ca-file: ${home}/tls/etcd/server-ca.crt`,
      `data-dir: ${home}/db/etcd`,
      'election-timeout: 5000',
      'heartbeat-interval: 500',
      `initial-advertise-peer-urls: https://${address}:2380`,
      `initial-cluster: ${all(known)}`,
      `initial-cluster-state: ${index === 1 ? 'new' : 'existing'}`,
      `listen-client-urls: https://127.0.0.1:2379,https://${address}:2379`,
      'listen-metrics-urls: http://127.0.0.1:2381',
      `listen-peer-urls: https://127.0.0.1:2380,https://${address}:2380`,
      'log-outputs:',
      '- stderr',
      'logger: zap',
      `name: ${name}`,
      'peer-transport-security:',
      `  cert-file: ${home}/tls/etcd/peer-server-client.crt`,
      '  client-cert-auth: true',
      `  key-file: ${home}/tls/etcd/peer-server-client.key`,
      `  trusted-ca-file: ${home}/tls/etcd/peer-ca.crt`,
      'snapshot-count: 10000',
      '',
    ].join('\n'),
    [`${home}/tls/etcd/server-ca.crt`]: authority.certificate,
    [`${home}/tls/etcd/server-ca.key`]: authority.key,
    [`${home}/tls/etcd/peer-ca.crt`]: other.certificate,
    [`${home}/tls/etcd/peer-ca.key`]: other.key,
    ...pair(`${home}/tls/etcd/server-client`, leaf(host, authority), CRT),
    ...pair(`${home}/tls/etcd/peer-server-client`, leaf(host, other), CRT),
    ...pair(`${home}/tls/etcd/client`, leaf(host, authority, 'clientAuth'), CRT),
  };
}

function pod(name: string, image: string, command: readonly string[], paths: readonly string[]): string {
  const volumes = paths.map((path, at) => ({ name: `v${at}`, hostPath: { path } }));
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      hostNetwork: true,
      containers: [
        { name, image, command, volumeMounts: paths.map((mountPath, at) => ({ name: `v${at}`, mountPath })) },
      ],
      volumes,
    },
  });
}

/** Hosts as the guides leave them: their names, places and settings, with certificates by OpenSSL. */
export const GUIDES: readonly Guide[] = [
  {
    name: 'kubespray',
    members: 3,
    files: (host) => ({ ...kubespray(host, '', [2379, 2380, 2381]), ...kubesprayKeys(host) }),
  },
  {
    name: 'kubespray with a cluster for events',
    members: 6,
    files: (host) => ({
      ...kubespray(host, '', [2379, 2380, 2381]),
      ...kubespray(host, '-events', [2383, 2382, 2384]),
      ...kubesprayKeys(host),
    }),
  },
  {
    name: 'kubeasz',
    members: 3,
    files: (host) => ({
      '/etc/systemd/system/etcd.service': unit(
        `/opt/kube/bin/etcd \\\n  ${flags({ ...usual(host, all(host, 'etcd-'), '/etc/kubernetes/ssl/etcd.pem', '/etc/kubernetes/ssl/etcd-key.pem', '/etc/kubernetes/ssl/ca.pem'), name: `etcd-${host.name}`, 'auto-compaction-mode': 'periodic', 'auto-compaction-retention': '1', 'max-request-bytes': '33554432', 'quota-backend-bytes': '8589934592' })}`,
        ...[
          'Type=notify',
          'WorkingDirectory=/var/lib/etcd',
          'Restart=always',
          'RestartSec=15',
          'LimitNOFILE=65536',
          'OOMScoreAdjust=-999',
        ],
      ),
      '/etc/kubernetes/ssl/ca.pem': host.authority.certificate,
      ...pair('/etc/kubernetes/ssl/etcd', leaf(host, host.authority), PEM),
    }),
  },
  {
    name: 'kubeadm, high availability',
    members: 3,
    files: (host) => {
      const home = '/etc/kubernetes/pki/etcd';
      const values = {
        ...usual(host, all(host), `${home}/server.crt`, `${home}/server.key`, `${home}/ca.crt`),
        'peer-cert-file': `${home}/peer.crt`,
        'peer-key-file': `${home}/peer.key`,
        'listen-metrics-urls': 'http://127.0.0.1:2381',
        'snapshot-count': '10000',
      };
      return {
        '/etc/kubernetes/manifests/etcd.yaml': pod(
          'etcd',
          'registry.k8s.io/etcd:3.6.16-0',
          ['etcd', ...Object.entries(values).map(([name, value]) => `--${name}=${value}`)],
          ['/var/lib/etcd', home],
        ),
        '/etc/kubernetes/manifests/kube-apiserver.yaml': pod(
          'kube-apiserver',
          'registry.k8s.io/kube-apiserver:v1.36.3',
          [
            'kube-apiserver',
            `--etcd-cafile=${home}/ca.crt`,
            '--etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt',
            '--etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key',
            '--etcd-servers=https://127.0.0.1:2379',
          ],
          ['/etc/kubernetes/pki'],
        ),
        [`${home}/ca.crt`]: host.authority.certificate,
        [`${home}/ca.key`]: host.authority.key,
        ...pair(`${home}/server`, leaf(host, host.authority), CRT),
        ...pair(`${home}/peer`, leaf(host, host.authority), CRT),
        ...pair(`${home}/healthcheck-client`, leaf(host, host.authority, 'clientAuth'), CRT),
        ...pair('/etc/kubernetes/pki/apiserver-etcd-client', leaf(host, host.authority, 'clientAuth'), CRT),
      };
    },
  },
  {
    name: 'Debian',
    members: 3,
    files: (host) => ({
      '/etc/default/etcd': Object.entries(
        usual(host, all(host), '/etc/etcd/server.crt', '/etc/etcd/server.key', '/etc/etcd/ca.crt'),
      )
        .map(([name, value]) => `ETCD_${name.toUpperCase().replaceAll('-', '_')}="${value}"\n`)
        .join(''),
      '/lib/systemd/system/etcd.service': unit(
        '/usr/bin/etcd $DAEMON_ARGS',
        ...[
          'Environment=DAEMON_ARGS=',
          'Environment=ETCD_NAME=%H',
          'Environment=ETCD_DATA_DIR=/var/lib/etcd/default',
        ],
        ...[
          'EnvironmentFile=-/etc/default/%p',
          'Type=notify',
          'User=etcd',
          'PermissionsStartOnly=true',
          'Restart=on-abnormal',
        ],
        ...['LimitNOFILE=65536', 'TimeoutStartSec=infinity'],
      ),
      '/etc/hostname': `${host.name}\n`,
      '/etc/etcd/ca.crt': host.authority.certificate,
      ...pair('/etc/etcd/server', leaf(host, host.authority), CRT),
    }),
  },
  {
    name: 'Pigsty',
    members: 3,
    files: (host) => ({
      '/etc/etcd/etcd.conf': [
        `name: ${host.name}`,
        'data-dir: /data/etcd/data',
        `listen-peer-urls: https://${host.address}:2380`,
        `listen-client-urls: https://${host.address}:2379,https://127.0.0.1:2379`,
        `initial-advertise-peer-urls: https://${host.address}:2380`,
        `advertise-client-urls: https://${host.address}:2379`,
        `initial-cluster: ${all(host)}`,
        "initial-cluster-state: 'new'",
        'initial-cluster-token: etcd',
        'heartbeat-interval: 100',
        'election-timeout: 1000',
        "auto-compaction-mode: 'periodic'",
        "auto-compaction-retention: '24h'",
        'client-transport-security:',
        '  cert-file: /etc/etcd/server.crt',
        '  key-file: /etc/etcd/server.key',
        '  client-cert-auth: true',
        '  trusted-ca-file: /etc/etcd/ca.crt',
        'peer-transport-security:',
        '  cert-file: /etc/etcd/server.crt',
        '  key-file: /etc/etcd/server.key',
        '  client-cert-auth: true',
        '  trusted-ca-file: /etc/etcd/ca.crt',
        '',
      ].join('\n'),
      '/usr/lib/systemd/system/etcd.service': unit(
        '/usr/bin/etcd --config-file=/etc/etcd/etcd.conf',
        ...['Type=notify', 'User=etcd', 'WorkingDirectory=/data/etcd', 'Restart=always', 'LimitNOFILE=65536'],
      ),
      '/etc/profile.d/etcdctl.sh': `export ETCDCTL_ENDPOINTS=https://${host.address}:2379\nexport ETCDCTL_CACERT=/etc/etcd/ca.crt\nexport ETCDCTL_CERT=/etc/etcd/server.crt\nexport ETCDCTL_KEY=/etc/etcd/server.key\n`,
      '/etc/etcd/ca.crt': host.authority.certificate,
      ...pair('/etc/etcd/server', leaf(host, host.authority), CRT),
    }),
  },
  {
    name: 'etcdadm',
    members: 3,
    files: (host) => {
      const home = '/etc/etcd/pki';
      const values = {
        ...usual(host, all(host), `${home}/server.crt`, `${home}/server.key`, `${home}/ca.crt`),
        'peer-cert-file': `${home}/peer.crt`,
        'peer-key-file': `${home}/peer.key`,
      };
      return {
        '/etc/etcd/etcd.env': Object.entries(values)
          .map(([name, value]) => `ETCD_${name.toUpperCase().replaceAll('-', '_')}=${value}\n`)
          .join(''),
        '/etc/systemd/system/etcd.service': unit(
          '/opt/bin/etcd',
          ...[
            'EnvironmentFile=/etc/etcd/etcd.env',
            'Type=notify',
            'TimeoutStartSec=0',
            'Restart=on-failure',
            'LimitNOFILE=65536',
          ],
        ),
        '/etc/etcd/etcdctl.env': `export ETCDCTL_API=3\nexport ETCDCTL_CACERT=${home}/ca.crt\nexport ETCDCTL_CERT=${home}/etcdctl-etcd-client.crt\nexport ETCDCTL_KEY=${home}/etcdctl-etcd-client.key\nexport ETCDCTL_ENDPOINTS=https://127.0.0.1:2379\n`,
        [`${home}/ca.crt`]: host.authority.certificate,
        [`${home}/ca.key`]: host.authority.key,
        ...pair(`${home}/server`, leaf(host, host.authority), CRT),
        ...pair(`${home}/peer`, leaf(host, host.authority), CRT),
        ...pair(`${home}/etcdctl-etcd-client`, leaf(host, host.authority, 'clientAuth'), CRT),
        ...pair(`${home}/apiserver-etcd-client`, leaf(host, host.authority, 'clientAuth'), CRT),
      };
    },
  },
  {
    name: 'Kubernetes the hard way',
    members: 3,
    files: (host) => ({
      '/etc/systemd/system/etcd.service': unit(
        `/usr/local/bin/etcd \\\n  ${flags(usual(host, all(host), '/etc/etcd/kubernetes.pem', '/etc/etcd/kubernetes-key.pem', '/etc/etcd/ca.pem'))}`,
        ...['Type=notify', 'Restart=on-failure', 'RestartSec=5'],
      ),
      '/etc/etcd/ca.pem': host.authority.certificate,
      ...pair('/etc/etcd/kubernetes', leaf(host, host.authority), PEM),
    }),
  },
  { name: 'k3s', members: 3, files: (host) => rancher(host, 'k3s') },
  {
    name: 'rke2',
    members: 3,
    files: (host) => ({
      ...rancher(host, 'rke2'),
      '/var/lib/rancher/rke2/agent/pod-manifests/etcd.yaml': pod(
        'etcd',
        'index.docker.io/rancher/hardened-etcd:v3.6.16-k3s1-build20260801',
        ['etcd', '--config-file=/var/lib/rancher/rke2/server/db/etcd/config'],
        ['/var/lib/rancher/rke2/server/db/etcd', '/var/lib/rancher/rke2/server/tls/etcd'],
      ),
    }),
  },
  {
    name: 'podman quadlet',
    members: 3,
    files: (host) => ({
      '/etc/containers/systemd/etcd.container': [
        '[Container]',
        'Image=quay.io/coreos/etcd:v3.6.16',
        'ContainerName=etcd',
        'Network=host',
        'Volume=/srv/etcd:/var/lib/etcd:Z',
        'Volume=/etc/pki/etcd:/certs:ro,Z',
        ...Object.entries(
          usual(host, all(host), '/certs/server.crt', '/certs/server.key', '/certs/ca.crt'),
        ).map(([name, value]) => `Environment=ETCD_${name.toUpperCase().replaceAll('-', '_')}=${value}`),
        '[Service]',
        'Restart=always',
        '',
      ].join('\n'),
      '/etc/pki/etcd/ca.crt': host.authority.certificate,
      ...pair('/etc/pki/etcd/server', leaf(host, host.authority), CRT),
    }),
  },
  {
    // https://github.com/etcd-io/etcd/blob/main/contrib/systemd/etcd3-multinode/README.md
    name: "etcd's own, several nodes under systemd",
    members: 3,
    files: (host) => ({
      [`/etc/systemd/system/my-etcd-${host.index}.service`]: unit(
        `etcd ${flags(plain({ ...host, name: `my-etcd-${host.index}` }, 'my-etcd-', 'my-etcd-token'))}`,
        ...['Type=notify', 'Restart=always', 'RestartSec=5s', 'LimitNOFILE=40000', 'TimeoutStartSec=0'],
      ),
    }),
  },
  {
    // https://github.com/justmeandopensource/kubernetes, kubeadm-external-etcd
    name: 'one pair of cfssl for all, no data-dir',
    members: 3,
    files: (host) => {
      const { 'data-dir': _, ...rest } = usual(
        host,
        all(host),
        '/etc/etcd/pki/etcd.pem',
        '/etc/etcd/pki/etcd-key.pem',
        '/etc/etcd/pki/ca.pem',
      );
      return {
        '/etc/systemd/system/etcd.service': unit(
          `/usr/local/bin/etcd \\\n  ${flags(rest)}`,
          ...['Type=notify', 'Restart=on-failure', 'RestartSec=5'],
        ),
        '/etc/etcd/pki/ca.pem': host.authority.certificate,
        ...pair('/etc/etcd/pki/etcd', sharedLeaf(host), PEM),
      };
    },
  },
  {
    // https://github.com/vailstead/rando, psql/cluster/node1.md
    name: "Patroni's, on Debian, with the API of version 2",
    members: 3,
    files: (host) => ({
      '/etc/default/etcd': [
        '## etcd(1) daemon options',
        'ETCD_ENABLE_V2=true',
        '#ETCD_LISTEN_PEER_URLS="http://0.0.0.0:2380"',
        ...variables(plain(host, 'm', 'etcd-cluster-01', ['data-dir'])),
        '',
      ].join('\n'),
      '/lib/systemd/system/etcd.service': unit(
        '/usr/bin/etcd $DAEMON_ARGS',
        ...['Environment=DAEMON_ARGS=', 'Environment=ETCD_NAME=%H'],
        ...['Environment=ETCD_DATA_DIR=/var/lib/etcd/default', 'EnvironmentFile=-/etc/default/%p'],
        ...[
          'Type=notify',
          'User=etcd',
          'PermissionsStartOnly=true',
          'Restart=on-abnormal',
          'LimitNOFILE=65536',
        ],
      ),
      '/etc/hostname': `${host.name}\n`,
    }),
  },
  {
    // https://github.com/Eugene10082024/Postgresql-study, work_etcd, without its slips
    name: "Patroni's, YAML, under an account of its own",
    members: 3,
    files: (host) => ({
      '/etc/systemd/system/etcd.service': unit(
        '/usr/local/bin/etcd  --config-file=/etc/etcd/etcd.yml',
        ...['Type=notify', 'User=etcd', '#Restart=on-failure', 'LimitNOFILE=65536'],
      ),
      '/etc/etcd/etcd.yml': [
        ...Object.entries(plain(host, 'm', 'cluster-etcd')).map(([name, value]) => `${name}: ${value} `),
        'heartbeat-interval: 100',
        'election-timeout: 1000',
        'auto-compaction-mode: periodic',
        'auto-compaction-retention: "24"',
        '',
      ].join('\n'),
    }),
  },
  {
    // https://etcd.io/docs/latest/op-guide/container/
    name: "etcd's own, docker run in a script",
    members: 3,
    files: (host) => ({
      '/root/etcd.sh': [
        '#!/bin/sh',
        'REGISTRY=gcr.io/etcd-development/etcd',
        'ETCD_VERSION=v3.6.4',
        'TOKEN=my-etcd-token',
        ...host.hosts.map(({ address }, at) => `HOST_${at + 1}=${address}`),
        'CLUSTER=m1=http://${HOST_1}:2380,m2=http://${HOST_2}:2380,m3=http://${HOST_3}:2380',
        'DATA_DIR=/var/lib/etcd',
        `THIS_IP=${'${HOST_'}${host.index}}`,
        'docker run -d -p 2379:2379 -p 2380:2380 --volume=${DATA_DIR}:/etcd-data --name etcd ${REGISTRY}:${ETCD_VERSION} \\',
        `  /usr/local/bin/etcd --data-dir=/etcd-data --name ${host.name} \\`,
        '  --initial-advertise-peer-urls http://${THIS_IP}:2380 --listen-peer-urls http://0.0.0.0:2380 \\',
        '  --advertise-client-urls http://${THIS_IP}:2379 --listen-client-urls http://0.0.0.0:2379 \\',
        '  --initial-cluster ${CLUSTER} --initial-cluster-state new --initial-cluster-token ${TOKEN}',
        '',
      ].join('\n'),
    }),
  },
  {
    // A compose file of three on one host, as in Bitnami's README and its many copies.
    name: 'docker compose, three of Bitnami on one host',
    members: 3,
    files: ({ index }): Record<string, string> =>
      index > 1
        ? {}
        : {
            '/srv/etcd/docker-compose.yml': [
              'services:',
              ...[1, 2, 3].flatMap((number) => [
                `  etcd${number}:`,
                '    image: docker.io/bitnami/etcd:3.5.17',
                `    hostname: etcd${number}`,
                '    restart: always',
                '    environment:',
                '      - ALLOW_NONE_AUTHENTICATION=yes',
                `      - ETCD_NAME=etcd${number}`,
                `      - ETCD_INITIAL_ADVERTISE_PEER_URLS=http://etcd${number}:2380`,
                '      - ETCD_LISTEN_PEER_URLS=http://0.0.0.0:2380',
                '      - ETCD_LISTEN_CLIENT_URLS=http://0.0.0.0:2379',
                `      - ETCD_ADVERTISE_CLIENT_URLS=http://etcd${number}:2379`,
                '      - ETCD_INITIAL_CLUSTER_TOKEN=etcd-cluster',
                '      - ETCD_INITIAL_CLUSTER=etcd1=http://etcd1:2380,etcd2=http://etcd2:2380,etcd3=http://etcd3:2380',
                '      - ETCD_INITIAL_CLUSTER_STATE=new',
                '    ports:',
                `      - ${2380 + number}:2379`,
                '    volumes:',
                `      - ./data/etcd${number}:/bitnami/etcd`,
              ]),
              '',
            ].join('\n'),
          },
  },
];
