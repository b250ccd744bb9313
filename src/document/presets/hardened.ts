import type { Preset } from './preset.js';

/**
 * The default: separate authorities for peers and for clients, roles as narrow as the release allows, a service user and a sandbox.
 *
 * @internal
 */
export const hardened: Preset = {
  document: {
    etcd: { metricsUrls: ['http://127.0.0.1:2381'] },
    certificates: { directory: '/etc/etcd/pki' },
    systemd: {
      user: 'etcd',
      hardening: true,
      directives: { Service: { Restart: 'always', OOMScoreAdjust: -999 } },
    },
  },
  peerTls: true,
  peerListener: 'addresses',
  peerAuthority: true,
  maxMembers: Number.POSITIVE_INFINITY,
};
