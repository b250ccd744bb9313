import { allowedBy, isHostAllowed, NOT_ALLOWED } from '../dials/allowed.js';
import { clientDials } from '../dials/client-dials.js';
import type { Rule } from '../rule.js';

/** @internal */
export const clientAllowed: Rule = {
  name: 'client-allowed',
  summary: 'Clients satisfy `client-cert-allowed-hostname`.',
  levels: ['error'],
  source: 'etcd client/pkg/transport/listener.go, baseConfig; etcd-io/etcd#15755',
  *check(view) {
    for (const { client, to, url } of clientDials(view)) {
      const leaf = client.pair?.leaf;
      const hosts = allowedBy(to, 'client-cert-allowed-hostname');
      if (hosts === undefined || leaf === undefined || url.scheme !== 'https') continue;
      if (isHostAllowed(leaf, hosts)) continue;
      yield {
        level: 'error',
        member: client.root.name,
        path: client.pair?.certificate.path ?? '',
        message: `None of its names is allowed by client-cert-allowed-hostname of ${to.label}: ${hosts.join(', ')}.`,
        cure: 'Issue it with an allowed name, or leave the setting out.',
        etcdSays: NOT_ALLOWED,
      };
    }
  },
};
