import { ETCD_DEFAULTS } from '../../etcd/defaults.js';
import type { MemberView } from '../../host/member-view.js';
import { pathOf, settingValue } from '../../host/settings/settings.js';
import type { Rule } from '../rule.js';

/** @internal */
export const clusterAgreement: Rule = {
  name: 'cluster-agreement',
  summary: 'All members bootstrap from the same list, token and state.',
  levels: ['error', 'warning'],
  source: 'etcd server/etcdserver/api/membership/cluster.go, genID; etcd-io/etcd#11562, #10601',
  *check({ members }) {
    const starting = members.filter(
      ({ hasData, urlsKnown, initialCluster }) => !hasData && urlsKnown && initialCluster !== undefined,
    );
    const [first] = starting;
    if (first === undefined) return;
    for (const member of starting.slice(1)) {
      const { label, settings } = member;
      const etcdSays = 'request sent was ignored by remote peer due to cluster ID mismatch';
      const isSame =
        member.initialCluster === first.initialCluster || clusterText(member) === clusterText(first);
      if (!isSame && isNew(member) && isNew(first)) {
        yield {
          level: 'error',
          member: label,
          path: pathOf(settings, 'initial-cluster'),
          message: `initial-cluster differs from that of ${first.label}: ${clusterText(member)} here, ${clusterText(first)} there.`,
          cure: 'Write the same list on every member, with every member in it.',
          etcdSays,
        };
      }
      if (token(member) !== token(first) && isNew(member) && isNew(first)) {
        yield {
          level: 'error',
          member: label,
          path: pathOf(settings, 'initial-cluster-token'),
          message: `initial-cluster-token ${JSON.stringify(token(member))} differs from ${JSON.stringify(token(first))} of ${first.label}.`,
          cure: 'Write the same token on every member.',
          etcdSays,
        };
      }
      if (isNew(member) !== isNew(first) && !hasGrown(member, first)) {
        yield {
          level: 'warning',
          member: label,
          path: pathOf(settings, 'initial-cluster-state'),
          message: `initial-cluster-state differs from that of ${first.label}.`,
          cure: 'A new cluster starts with new on all members; existing is for a member that is added later.',
          etcdSays:
            'cannot fetch cluster info from peer urls: could not retrieve cluster information from the given URLs',
        };
      }
    }
  },
};

/** @internal */
export const memberNames: Rule = {
  name: 'member-names',
  summary: 'No two hosts claim to be the same member.',
  levels: ['error'],
  source: 'etcd client/pkg/types/urlsmap.go; etcd-io/etcd#13757',
  *check({ members }) {
    for (const [index, { name, isNameKnown, label, root, settings, urlsKnown }] of members.entries()) {
      const twin = members.slice(0, index).find((other) => other.name === name && other.urlsKnown);
      if (twin === undefined || !urlsKnown || name === '' || !isNameKnown) continue;
      yield {
        level: 'error',
        member: label,
        path: pathOf(settings, 'name'),
        message: `${root.name} and ${twin.root.name} are both named ${JSON.stringify(name)}: etcd takes them for one member with two URLs.`,
        cure: 'Give each member its own name.',
      };
    }
  },
};

/** A member that was added later knows those before it, and they do not know it. */
function hasGrown(a: MemberView, b: MemberView): boolean {
  const [early, late] = isNew(a) ? [a, b] : [b, a];
  const known = new Set(socketsIn(early));
  const later = socketsIn(late);
  return known.size < later.length && [...known].every((url) => later.includes(url));
}

function socketsIn({ initialCluster }: MemberView): readonly string[] {
  return [...(initialCluster?.values() ?? [])].flat().map(({ text }) => text);
}

function isNew({ settings }: MemberView): boolean {
  return settingValue(settings, 'initial-cluster-state') !== 'existing';
}

function token({ settings }: MemberView): string {
  return settingValue(settings, 'initial-cluster-token') ?? ETCD_DEFAULTS['initial-cluster-token'];
}

function clusterText({ initialCluster }: MemberView): string {
  return [...(initialCluster ?? [])]
    .flatMap(([name, urls]) => urls.map(({ text }) => `${name}=${text}`))
    .sort()
    .join(',');
}
