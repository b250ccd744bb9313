import type { Preset } from './preset.js';

/**
 * The default: separate authorities for peers and for clients, so that no client's certificate opens the peer port, where etcd takes one
 * without SANs unseen; roles as narrow as the release allows; a service user and a sandbox.
 *
 * @internal
 */
export const hardened: Preset = {
  document: {
    etcd: { metricsUrls: ['http://127.0.0.1:2381'] },
    systemd: {
      user: 'etcd',
      hardening: true,
      directives: { Service: { Restart: 'always', OOMScoreAdjust: -999 } },
    },
  },
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
