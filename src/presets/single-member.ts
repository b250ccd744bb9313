import type { Preset } from './preset.js';

/**
 * One member with TLS for its clients alone, and the pair named `kubernetes` that the other components of such a machine share.
 *
 * @internal
 */
export const singleMember: Preset = {
  document: {
    certificates: {
      key: 'rsa-2048',
      subject: { C: 'US', ST: 'Oregon', L: 'Portland', O: 'Kubernetes', OU: 'Kubernetes The Hard Way' },
      altNames: [
        'kubernetes',
        'kubernetes.default',
        'kubernetes.default.svc',
        'kubernetes.default.svc.cluster',
        'kubernetes.svc.cluster.local',
        '10.32.0.1',
      ],
      caSubject: { OU: 'CA' },
      directory: '/etc/etcd',
      profile: 'cfssl',
      authorities: ['ca'],
      pairs: ['server'],
      files: {
        ca: { certificate: 'ca.pem', key: 'ca-key.pem' },
        server: { certificate: 'kubernetes.pem', key: 'kubernetes-key.pem' },
      },
      commonNames: { ca: 'Kubernetes', server: 'kubernetes' },
      loopbackNames: ['127.0.0.1'],
      memberAltName: false,
    },
    systemd: { directives: { Unit: { Documentation: 'https://github.com/etcd-io/etcd' } } },
  },
  peerTls: false,
  peerListener: 'localhost',
  maxMembers: 1,
};
