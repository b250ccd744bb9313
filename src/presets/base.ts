import { newestRelease } from '../etcd/version.js';
import type { CompleteDocument } from './preset.js';

/**
 * What every preset starts from, and the one place of the document's defaults. `TimeoutStartSec=infinity` and no start limit, because READY=1 needs a quorum: with a limit
 * systemd kills the first member again and again until the others are up (etcd-io/etcd#13526).
 *
 * @internal
 */
export const base: CompleteDocument = {
  cluster: { name: 'etcd', token: 'etcd-cluster-0' },
  etcd: {
    version: newestRelease(),
    binary: '/usr/local/bin/etcd',
    config: 'flags',
    dataDir: '/var/lib/etcd',
    clientPort: 2379,
    peerPort: 2380,
    metricsUrls: [],
    state: 'new',
    settings: {},
  },
  certificates: {
    tls: 'per-member',
    key: 'ecdsa-p256',
    validity: { ca: '87600h', leaf: '8760h' },
    beyondAuthority: 'refuse',
    usages: 'rfc5280',
    subject: {},
    altNames: [],
    directory: '/etc/etcd/pki',
    caKeyOn: [],
    caSubject: {},
    files: {},
    authorities: ['ca', 'peer-ca'],
    pairs: ['server', 'server-client', 'peer', 'peer-client', 'healthcheck-client'],
    commonNames: {
      ca: 'etcd-ca',
      'peer-ca': 'etcd-peer-ca',
      server: '{member}',
      'server-client': '{member}',
      peer: '{member}',
      'peer-client': '{member}',
      'healthcheck-client': 'etcd-healthcheck-client',
      'apiserver-etcd-client': 'kube-apiserver-etcd-client',
      admin: 'etcd-admin',
    },
    profile: 'strict',
    loopbackNames: ['localhost', '127.0.0.1', '::1'],
    memberAltName: true,
    clientCertAuth: true,
  },
  systemd: {
    unit: 'etcd',
    user: 'root',
    hardening: false,
    directives: {
      Unit: {
        Description: 'etcd',
        Documentation: 'https://etcd.io/docs/',
        Wants: 'network-online.target',
        After: 'network-online.target time-sync.target',
        StartLimitIntervalSec: 0,
      },
      Service: {
        Type: 'notify',
        Restart: 'on-failure',
        RestartSec: 5,
        TimeoutStartSec: 'infinity',
        LimitNOFILE: 65536,
      },
      Install: { WantedBy: 'multi-user.target' },
    },
  },
};
