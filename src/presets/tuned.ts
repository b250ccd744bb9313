import type { CertificateTable } from './certificate-table.js';
import { CFSSL_AUTHORITY, CFSSL_TABLE } from './cfssl.js';
import type { Preset } from './preset.js';
import { sharedCertificate } from './shared-certificate.js';

/** The one pair of `shared-certificate`, with the authority in the folder of Kubernetes' own. */
const certificates: CertificateTable = {
  ...CFSSL_TABLE,
  authorities: [
    {
      ...CFSSL_AUTHORITY,
      title: 'Kubernetes CA',
      commonName: 'kubernetes-ca',
      files: { certificate: '/etc/kubernetes/cert/ca.pem', key: '/etc/kubernetes/cert/ca-key.pem' },
    },
  ],
  pairs: sharedCertificate.certificates.pairs,
  loopbackNames: ['127.0.0.1'],
};

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
  certificates,
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
