import type { Preset } from './preset.js';

/**
 * No TLS at all: for a network that nobody else is on.
 *
 * @internal
 */
export const plainHttp: Preset = {
  document: {
    cluster: { token: 'etcd-cluster-1' },
    certificates: { tls: 'none' },
    systemd: { directives: { Service: { Type: 'exec' } } },
  },
  peerTls: true,
  peerListener: 'addresses',
  maxMembers: Number.POSITIVE_INFINITY,
};
