import { type MemberView, usesDiscovery } from '../../host/member-view.js';
import { pathOf, settingValue } from '../../host/settings/settings.js';
import { parseIpAddress } from '../../net/ip-address.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const bootstrap: Rule = {
  name: 'bootstrap',
  summary:
    '`initial-cluster` names this member, which is not a proxy, with the URLs that it advertises; a member that has data ignores both.',
  levels: ['error', 'warning'],
  source: 'etcd server/config/config.go, VerifyBootstrap, VerifyJoinExisting; client/pkg/types/urlsmap.go',
  *check({ members }) {
    for (const member of members) {
      const proxy = settingValue(member.settings, 'proxy') ?? 'off';
      // Once it is a member, etcd starts as one (etcd 3.5 `etcdmain/etcd.go`, identifyDataDirOrDie).
      if (isProxyMode(proxy) && !member.hasData)
        yield {
          level: 'error',
          member: member.label,
          path: pathOf(member.settings, 'proxy'),
          message: `proxy=${proxy} makes this a proxy of the v2 API: it is not a member, and answers no client of today.`,
          cure: 'Leave it out, and empty the data directory if it has run as a proxy.',
          etcdSays: 'failed to get cluster from remote peers',
        };
      if (member.hasData || !member.urlsKnown) continue;
      const { settings, label, initialCluster, initialClusterFault } = member;
      const place = { level: 'error', member: label, path: pathOf(settings, 'initial-cluster') } as const;
      if (usesDiscovery(settings) && settingValue(settings, 'initial-cluster') !== undefined) {
        yield {
          ...place,
          message: 'initial-cluster and discovery are both set.',
          cure: 'Keep one of them.',
          etcdSays:
            'multiple discovery or bootstrap flags are set. Choose one of "initial-cluster", "discovery", "discovery-endpoints" or "discovery-srv"',
        };
      }
      if (initialCluster === undefined) continue;
      if (initialClusterFault !== undefined) {
        yield {
          ...place,
          message: 'initial-cluster cannot be read.',
          cure: 'Write name=https://address:2380 for each member, with commas and no spaces between.',
          etcdSays: `error setting up initial cluster: ${initialClusterFault}`,
        };
        continue;
      }
      yield* ownEntry(member, initialCluster, place);
      if (
        settingValue(settings, 'initial-cluster-state') === 'existing' &&
        initialCluster.size === 1 &&
        initialCluster.has(member.name)
      )
        yield {
          ...place,
          path: pathOf(settings, 'initial-cluster-state'),
          message:
            'initial-cluster-state is existing, but initial-cluster names nobody whom this member could join.',
          cure: 'Write initial-cluster-state=new, or name the members that are there.',
          etcdSays:
            'cannot fetch cluster info from peer urls: could not retrieve cluster information from the given URLs',
        };
      const repeated = repeatedUrl(initialCluster);
      if (repeated !== undefined) {
        yield {
          ...place,
          message: `initial-cluster has ${repeated} twice.`,
          cure: 'Give each member its own URL.',
          etcdSays: `initial cluster ${settingValue(settings, 'initial-cluster')} has duplicate url`,
        };
      }
    }
  },
};

/** Any other value is a fault of its own; releases without the flag have no such setting. */
function isProxyMode(value: string): boolean {
  return value === 'on' || value === 'readonly';
}

function repeatedUrl(initialCluster: NonNullable<MemberView['initialCluster']>): string | undefined {
  const seen = new Set<string>();
  for (const urls of initialCluster.values())
    for (const { text } of urls) {
      if (seen.has(text)) return text;
      seen.add(text);
    }
  return undefined;
}

function* ownEntry(
  { name, isNameKnown, settings, advertisePeer }: MemberView,
  initialCluster: NonNullable<MemberView['initialCluster']>,
  place: Pick<Fault, 'level' | 'member' | 'path'>,
): Generator<Fault> {
  if (!isNameKnown) return;
  const own = initialCluster.get(name);
  if (own === undefined) {
    const near = [...initialCluster.keys()].find((other) => other.trim() === name.trim());
    yield {
      ...place,
      message:
        near === undefined
          ? `initial-cluster does not name this member, ${JSON.stringify(name)}.`
          : `initial-cluster names ${JSON.stringify(near)}: etcd takes the space as part of the name.`,
      cure: near === undefined ? 'Write exactly the name given by --name there.' : 'Leave out the spaces.',
      etcdSays: `couldn't find local name "${name}" in the initial cluster configuration`,
    };
    return;
  }
  // Joining, etcd asks the cluster instead.
  if (settingValue(settings, 'initial-cluster-state') === 'existing') return;
  const [wanted, told] = [own, advertisePeer].map((urls) => urls.map(({ text }) => text).sort());
  if (wanted === undefined || told === undefined || wanted.join() === told.join()) return;
  // Names may still resolve to the same addresses, for which etcd tries half a minute.
  const isOpen =
    own.length === advertisePeer.length &&
    [...own, ...advertisePeer].some(({ host }) => parseIpAddress(host) === undefined) &&
    own.every(({ scheme, port }) => advertisePeer.some((url) => url.scheme === scheme && url.port === port));
  const missing = own.find(({ text }) => !told.includes(text));
  yield {
    ...place,
    level: isOpen ? 'warning' : 'error',
    message: `initial-cluster gives this member ${wanted.join(', ')}, but it advertises ${told.join(', ')}.`,
    cure: 'Write the same URLs in both, scheme and port included.',
    etcdSays:
      missing === undefined
        ? `--initial-advertise-peer-urls has ${told.find((url) => !wanted.includes(url))} but missing from --initial-cluster=${name}=${wanted.join(',')}`
        : `--initial-cluster has ${name}=${missing.text} but missing from --initial-advertise-peer-urls=${told.join(',')}`,
  };
}
