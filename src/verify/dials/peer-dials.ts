import { beginningOf, type RootIndex } from '../../host/host-root.js';
import type { MemberView } from '../../host/member-view.js';
import { isOn } from '../../host/settings/settings.js';
import type { EtcdUrl } from '../../net/etcd-url.js';
import { type IpAddress, isUnspecified, parseIpAddress } from '../../net/ip-address.js';
import type { ClusterView } from '../cluster-view.js';
import type { FindingLevel } from '../finding.js';
import type { PeerSource } from '../trust/peer-source.js';

/**
 * One member connecting to another one's peer URL. A member substitutes for those whose files are not here: it "dials" itself.
 *
 * @internal
 */
export interface PeerDial {
  readonly from: MemberView;
  readonly to: MemberView;
  readonly url: EtcdUrl;
  readonly isSelf: boolean;
}

/** Beyond this every member is checked only against itself and its neighbour. */
const MAX_PAIRWISE = 100;

/** Several rules go through them. */
const dials = new WeakMap<readonly MemberView[], readonly PeerDial[]>();

/** @internal */
export function peerDials({ members }: Pick<ClusterView, 'members'>): readonly PeerDial[] {
  const known = dials.get(members) ?? dialsAmong(members);
  dials.set(members, known);
  return known;
}

function dialsAmong(members: readonly MemberView[]): readonly PeerDial[] {
  return members.flatMap((to, index) => {
    const others = members.length <= MAX_PAIRWISE ? members : members.slice(Math.max(0, index - 1), index);
    return [to, ...others.filter((member) => member !== to)].flatMap((from) =>
      urlsOf(from, to).map((url) => ({
        from,
        to,
        url,
        isSelf: from === to,
      })),
    );
  });
}

/** Once it has run, a member dials what the others have told the cluster. */
function urlsOf({ initialCluster, root }: MemberView, to: MemberView): readonly EtcdUrl[] {
  const told = root.hasRun ? undefined : initialCluster?.get(to.name);
  return told ?? to.advertisePeer;
}

/**
 * A cluster of one dials nobody, so that what peers would refuse does no harm yet.
 *
 * @internal
 */
export function peerLevel(
  { initialCluster }: MemberView,
  { members }: Pick<ClusterView, 'members'>,
): FindingLevel {
  return initialCluster !== undefined && initialCluster.size <= 1 && members.length <= 1
    ? 'warning'
    : 'error';
}

/**
 * Whether a member makes a peer certificate for itself at its start, which lies in no file and nobody verifies (etcd
 * `client/pkg/transport/listener.go`, SelfCert).
 *
 * @internal
 */
export function signsItself({ peer, settings }: MemberView): boolean {
  return peer.pair === undefined && isOn(settings, 'peer-auto-tls');
}

/**
 * Whether a member holds peers that connect against the address that they come from.
 *
 * @internal
 */
export function checksSource({ peer, settings }: MemberView): boolean {
  const skip = ['peer-skip-client-san-verification', 'experimental-peer-skip-client-san-verification'];
  return peer.needsCertificate && !isOn(settings, ...skip);
}

/**
 * Where a member's connection to a URL comes from: on loopback from 127.0.0.1 (Linux takes the preferred source of `127.0.0.0/8`),
 * otherwise from the address that it listens on or advertises.
 *
 * @internal
 */
export function peerSourceOf({ from, to, url }: PeerDial, members: readonly MemberView[]): PeerSource {
  const destination = parseIpAddress(url.host);
  if (destination?.address.startsWith('127.'))
    return { addresses: ['127.0.0.1'], names: ['localhost'], foreignNames: [] };
  if (destination?.address === '::1') return { addresses: ['::1'], names: ['localhost'], foreignNames: [] };
  const { addresses, names } = placeOf(from);
  const family = addresses.filter(
    ({ version }) => destination === undefined || version === destination.version,
  );
  const usable = [...new Set((family.length > 0 ? family : addresses).map(({ address }) => address))];
  return {
    addresses: usable,
    names: [...names, ...hostsNames(to.root, usable)],
    foreignNames: { includes: (name) => isSomebodyElses(name, from, members) },
  };
}

/** Where a member says that it is. */
interface Place {
  readonly addresses: readonly IpAddress[];
  /** In lower case. */
  readonly names: readonly string[];
}

/** Every member dials every other. */
const places = new WeakMap<MemberView, Place>();

function placeOf(member: MemberView): Place {
  const known = places.get(member) ?? readPlace(member);
  places.set(member, known);
  return known;
}

function readPlace(member: MemberView): Place {
  const addresses = [...member.listenPeer, ...member.advertisePeer]
    .map(({ host }) => parseIpAddress(host))
    .filter((address) => address !== undefined)
    .filter((address) => !isUnspecified(address));
  return { addresses, names: dnsHosts(member) };
}

const owners = new WeakMap<readonly MemberView[], ReadonlyMap<string, ReadonlySet<MemberView>>>();

function isSomebodyElses(name: string, own: MemberView, members: readonly MemberView[]): boolean {
  const known = owners.get(members) ?? ownersOf(members);
  owners.set(members, known);
  const found = known.get(name);
  return found !== undefined && (found.size > 1 || !found.has(own));
}

function ownersOf(members: readonly MemberView[]): ReadonlyMap<string, ReadonlySet<MemberView>> {
  const found = new Map<string, Set<MemberView>>();
  for (const member of members)
    for (const name of [member.name.toLowerCase(), ...placeOf(member).names])
      found.set(name, (found.get(name) ?? new Set<MemberView>()).add(member));
  return found;
}

function dnsHosts({ advertisePeer }: MemberView): readonly string[] {
  return advertisePeer
    .map(({ host }) => host.toLowerCase())
    .filter((host) => parseIpAddress(host) === undefined && host !== '');
}

/** Names that hosts(5) of the one who looks up gives to the addresses. */
function hostsNames(root: RootIndex, addresses: readonly string[]): readonly string[] {
  const file = root.files.get('/etc/hosts');
  if (file === undefined) return [];
  return beginningOf(file)
    .split('\n')
    .flatMap((line) => {
      const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
      return addresses.includes(parseIpAddress(address)?.address ?? '')
        ? names.map((name) => name.toLowerCase())
        : [];
    });
}
