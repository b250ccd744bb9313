import { isInSpan } from '../../etcd/release-span.js';
import { settingValue } from '../../host/settings/settings.js';
import { clientDials } from '../dials/client-dials.js';
import type { Rule } from '../rule.js';
import { hostNameFault } from '../trust/host-name.js';

/** client-cert-allowed-hostname holds for every client. */
export const clientAllowed: Rule = {
  name: 'client-allowed',
  source: 'etcd client/pkg/transport/listener.go, baseConfig; etcd-io/etcd#15755',
  *check(view) {
    for (const { client, to, url } of clientDials(view)) {
      const leaf = client.pair?.leaf;
      const allowed = settingValue(to.settings, 'client-cert-allowed-hostname');
      if (allowed === undefined || leaf === undefined || url.scheme !== 'https') continue;
      // One value up to 3.5.14, commas and all.
      const hosts = isInSpan(view.version, { since: { '3.5': 15 } }) ? allowed.split(',') : [allowed];
      if (hosts.some((host) => hostNameFault(leaf, host) === undefined)) continue;
      yield {
        level: 'error',
        member: client.root.name,
        path: client.pair?.certificate.path ?? '',
        message: `None of its names is allowed by client-cert-allowed-hostname of ${to.label}: ${hosts.join(', ')}.`,
        cure: 'Issue it with an allowed name, or leave the setting out.',
        etcdSays: 'client certificate authentication failed',
      };
    }
  },
};
