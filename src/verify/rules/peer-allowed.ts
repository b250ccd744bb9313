import { isInSpan } from '../../etcd/release-span.js';
import type { MemberView } from '../../host/member-view.js';
import type { Pair } from '../../host/pair.js';
import { pathOf, settingValue } from '../../host/settings/settings.js';
import { peerDials, peerLevel } from '../dials/peer-dials.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';
import { hostNameFault } from '../trust/host-name.js';

/** allowed-cn and allowed-hostname hold for the peers that dial and for those that are dialled. */
export const peerAllowed: Rule = {
  name: 'peer-allowed',
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
  const [names, hosts] = [list(judge, 'peer-cert-allowed-cn'), list(judge, 'peer-cert-allowed-hostname')];
  const says = 'client certificate authentication failed';
  const place = { level, member: judged.label, path: pair.certificate.path, etcdSays: says };
  if (names !== undefined && !names.includes(leaf.commonName)) {
    yield {
      ...place,
      message: `Its common name ${JSON.stringify(leaf.commonName)} is not what peer-cert-allowed-cn of ${judge.label} allows: ${names.join(', ')}.`,
      cure: `Issue it with an allowed common name, or change ${pathOf(judge.settings, 'peer-cert-allowed-cn')}.`,
    };
  }
  if (hosts?.every((host) => hostNameFault(leaf, host) !== undefined)) {
    yield {
      ...place,
      message: `None of its names is allowed by peer-cert-allowed-hostname of ${judge.label}: ${hosts.join(', ')}.`,
      cure: `Issue it with an allowed name, or change ${pathOf(judge.settings, 'peer-cert-allowed-hostname')}.`,
    };
  }
}

/** One value up to 3.5.14, commas and all. */
function list({ settings }: MemberView, name: string): readonly string[] | undefined {
  const value = settingValue(settings, name);
  if (value === undefined) return undefined;
  return isInSpan(settings.version, { since: { '3.5': 15 } }) ? value.split(',') : [value];
}
