import type { MemberView } from '../../host/member-view.js';
import type { Pair } from '../../host/pair.js';
import { pathOf } from '../../host/settings/settings.js';
import { allowedBy, isHostAllowed, isNameAllowed, NOT_ALLOWED } from '../dials/allowed.js';
import { peerDials, peerLevel } from '../dials/peer-dials.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const peerAllowed: Rule = {
  name: 'peer-allowed',
  summary: 'Peers satisfy `peer-cert-allowed-cn` and `peer-cert-allowed-hostname`.',
  levels: ['error', 'warning'],
  source: 'etcd client/pkg/transport/listener.go, baseConfig; etcd-io/etcd#18015',
  *check(view) {
    for (const { from, to, url } of peerDials(view)) {
      if (url.scheme !== 'https') continue;
      const level = peerLevel(to, view);
      if (to.peer.needsCertificate) yield* refuse(to, from, from.peer.ownClientPair, level);
      if (from.peer.pair !== undefined) yield* refuse(from, to, to.peer.pair, level);
    }
  },
};

function* refuse(
  judge: MemberView,
  judged: MemberView,
  pair: Pair | undefined,
  level: Fault['level'],
): Generator<Fault> {
  const leaf = pair?.leaf;
  if (leaf === undefined || pair === undefined) return;
  const names = allowedBy(judge, 'peer-cert-allowed-cn');
  const hosts = allowedBy(judge, 'peer-cert-allowed-hostname');
  const place = { level, member: judged.label, path: pair.certificate.path, etcdSays: NOT_ALLOWED };
  if (names !== undefined && !isNameAllowed(leaf, names)) {
    yield {
      ...place,
      message: `Its common name ${JSON.stringify(leaf.commonName)} is not what peer-cert-allowed-cn of ${judge.label} allows: ${names.join(', ')}.`,
      cure: `Issue it with an allowed common name, or change ${pathOf(judge.settings, 'peer-cert-allowed-cn')}.`,
    };
  }
  if (hosts !== undefined && !isHostAllowed(leaf, hosts)) {
    yield {
      ...place,
      message: `None of its names is allowed by peer-cert-allowed-hostname of ${judge.label}: ${hosts.join(', ')}.`,
      cure: `Issue it with an allowed name, or change ${pathOf(judge.settings, 'peer-cert-allowed-hostname')}.`,
    };
  }
}
