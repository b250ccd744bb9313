import type { Preset } from './preset.js';

/**
 * Data and write-ahead log on separate disks, compaction, quota, request size and timers set, plain http on loopback.
 *
 * @internal
 */
export const tuned: Preset = {
  document: {
    etcd: {
      binary: '/opt/k8s/bin/etcd',
      dataDir: '/data/k8s/etcd/data',
      walDir: '/data/k8s/etcd/wal',
      loopback: 'http',
      settings: {
        'auto-compaction-mode': 'periodic',
        'auto-compaction-retention': '1',
        'max-request-bytes': '32MiB',
        'quota-backend-bytes': '6GiB',
        'heartbeat-interval': 250,
        'election-timeout': 2000,
      },
    },
    certificates: {
      tls: 'shared',
      key: 'rsa-2048',
      subject: { C: 'CN', ST: 'BeiJing', L: 'BeiJing', O: 'k8s', OU: 'opsnull' },
      directory: '/etc/etcd/cert',
      profile: 'cfssl',
      authorities: ['ca'],
      pairs: ['server'],
      files: {
        ca: { certificate: '/etc/kubernetes/cert/ca.pem', key: '/etc/kubernetes/cert/ca-key.pem' },
        server: { certificate: 'etcd.pem', key: 'etcd-key.pem' },
      },
      commonNames: { ca: 'kubernetes-ca', server: 'etcd' },
      loopbackNames: ['127.0.0.1'],
      memberAltName: false,
    },
    systemd: {
      directives: {
        Unit: {
          Description: 'Etcd Server',
          Documentation: 'https://github.com/etcd-io/etcd',
          After: ['network.target', 'network-online.target time-sync.target'],
        },
        Service: { WorkingDirectory: '/data/k8s/etcd/data' },
      },
    },
  },
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
