import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import type { Issue } from '../errors.js';
import { endpointUrl } from '../net/endpoint.js';
import { hostText } from '../net/host.js';
import { quoteValue } from '../text/quote-value.js';
import { shellWord } from '../text/shell-word.js';
import type { Refusal } from './refusal.js';

/**
 * That a document is of another cluster than the bundle, in which case nothing else of it is worth a word; undefined where it is not.
 *
 * @internal
 */
export function anotherCluster(before: ClusterSpec, after: ClusterSpec): Issue | undefined {
  if (before.cluster.name === after.cluster.name) return undefined;
  return {
    code: 'another-cluster',
    path: 'cluster.name',
    message: `The document is of the cluster ${quoteValue(after.cluster.name)}, the bundle of ${quoteValue(before.cluster.name)}.`,
    cure: 'Name the bundle of that cluster, or generate one.',
  };
}

/**
 * What an update cannot bring to a running cluster: what etcd never reads again, and what takes steps of its own.
 *
 * @internal
 */
export function fixedRefusals(before: ClusterSpec, after: ClusterSpec): readonly Refusal[] {
  const stays = withoutOwners(before, after);
  return [...memberRefusals(before, after), ...FIXED.flatMap((row) => fixedRefusal(row, stays, after))];
}

/** A member that leaves takes its copy of the CA's key with it. */
function withoutOwners(before: ClusterSpec, { members }: ClusterSpec): ClusterSpec {
  const names = new Set(members.map(({ name }) => name));
  const caKeyOn = before.certificates.caKeyOn.filter((name) => names.has(name));
  return { ...before, certificates: { ...before.certificates, caKeyOn } };
}

interface FixedPart {
  readonly path: string;
  readonly what: string;
  readonly of: (spec: ClusterSpec) => unknown;
  /** Where there is another way than back. */
  readonly cure?: string;
}

/** What files and addresses of running members hang on. */
const FIXED: readonly FixedPart[] = [
  { path: 'preset', what: 'preset', of: ({ preset }) => preset },
  {
    path: 'cluster.token',
    what: 'token',
    of: ({ cluster }) => cluster.token,
  },
  { path: 'cluster.directory', what: "folder of the clients' pairs", of: ({ cluster }) => cluster.directory },
  {
    path: 'cluster.discoverySrv',
    what: 'domain of discovery',
    of: ({ cluster }) => cluster.discovery?.domain,
  },
  {
    path: 'cluster.discoverySrvName',
    what: 'name of discovery',
    of: ({ cluster }) => cluster.discovery?.serviceName,
  },
  { path: 'etcd.peerPort', what: 'port of the peers', of: ({ etcd }) => etcd.peerPort },
  { path: 'etcd.dataDir', what: 'data folder', of: ({ etcd }) => etcd.dataDir },
  { path: 'etcd.walDir', what: 'folder of the write-ahead log', of: ({ etcd }) => etcd.walDir },
  { path: 'etcd.state', what: 'state', of: ({ etcd }) => etcd.state },
  {
    path: 'certificates.tls',
    what: 'TLS',
    of: ({ certificates }) => certificates.tls,
    cure: 'Take the steps of docs/day-two.md, "TLS on and off", or keep what the document of the bundle has there.',
  },
  {
    path: 'certificates.authorities',
    what: 'set of CAs',
    of: ({ certificates }) => certificates.authorities,
  },
  { path: 'certificates.pairs', what: 'set of pairs', of: ({ certificates }) => certificates.pairs },
  {
    path: 'certificates.clientCertAuth',
    what: 'client authentication',
    of: ({ certificates }) => certificates.clientCertAuth,
  },
  {
    path: 'certificates.directory',
    what: 'folder of the certificates',
    of: ({ certificates }) => certificates.directory,
  },
  { path: 'certificates.files', what: 'names of the files', of: ({ certificates }) => certificates.files },
  { path: 'certificates.ca', what: 'CA', of: ({ certificates }) => certificates.ca },
  { path: 'certificates.peerCa', what: 'CA of the peers', of: ({ certificates }) => certificates.peerCa },
  { path: 'certificates.trust', what: 'set of further CAs', of: ({ certificates }) => certificates.trust },
  {
    path: 'certificates.caKeyOn',
    what: 'set of hosts with the CA key',
    of: ({ certificates }) => certificates.caKeyOn,
  },
  { path: 'systemd.unit', what: 'unit', of: ({ systemd }) => systemd.unit },
  { path: 'systemd.user', what: 'user', of: ({ systemd }) => systemd.user },
  { path: 'systemd.uid', what: 'number of the user', of: ({ systemd }) => systemd.uid },
  { path: 'systemd.group', what: 'group', of: ({ systemd }) => systemd.group },
  { path: 'systemd.gid', what: 'number of the group', of: ({ systemd }) => systemd.gid },
  {
    // systemctl(1): read by enable alone, neither by daemon-reload nor by a restart.
    path: 'systemd.directives.Install',
    what: '[Install] section',
    of: ({ systemd }) => systemd.directives.find(({ name }) => name === 'Install')?.directives,
  },
  { path: 'kubernetes', what: 'Kubernetes part', of: ({ kubernetes }) => kubernetes },
];

function fixedRefusal(
  { path, what, of, cure }: FixedPart,
  before: ClusterSpec,
  after: ClusterSpec,
): readonly Refusal[] {
  const [former, wanted] = [of(before), of(after)];
  if (JSON.stringify(former) === JSON.stringify(wanted)) return [];
  const message = `An update does not change the ${what} of a running cluster.`;
  return [{ path, message, former, ...(cure === undefined ? {} : { cure }) }];
}

/** Members are told by their names, whatever their order. */
function memberRefusals(before: ClusterSpec, after: ClusterSpec): readonly Refusal[] {
  const formers = new Map(before.members.map((member) => [member.name, member]));
  const owners = new Map(
    before.members.flatMap(({ name, addresses }) => addresses.map((address) => [hostText(address), name])),
  );
  return after.members.flatMap((member, index) => {
    const former = formers.get(member.name);
    if (former === undefined) return renamedMember(member, index, owners);
    // Its URLs follow from it.
    const was = hostText(former.addresses[0]);
    if (was !== hostText(member.addresses[0])) return [movedMember(member, index, was)];
    return MEMBER_PARTS.flatMap(({ key, what, of }) =>
      JSON.stringify(of(former)) === JSON.stringify(of(member))
        ? []
        : [fixedMember(index, key, what, of(former))],
    );
  });
}

/** @param owners - names of the former members by their addresses */
function renamedMember(
  { name, addresses }: MemberSpec,
  index: number,
  owners: ReadonlyMap<string, string>,
): readonly Refusal[] {
  const owner = addresses
    .map((address) => owners.get(hostText(address)))
    .find((found) => found !== undefined);
  if (owner === undefined) return [];
  return [
    {
      path: `members[${index}].name`,
      message: `${name} has an address of ${owner}, which runs there: a member keeps its name.`,
      cure: `Keep the name, or take two updates: first without ${owner}, then with ${name}.`,
    },
  ];
}

/** @param was - its first address */
function movedMember({ name, addresses }: MemberSpec, index: number, was: string): Refusal {
  const options = addresses.map((address) => `--address ${shellWord(hostText(address))}`).join(' ');
  return {
    path: `members[${index}].address`,
    message: 'An update does not change the first address of a running member.',
    cure: `Write ${quoteValue(was)}, as the document of the bundle has it, or, where its host is lost and it comes back on another one, run etcd-bundle replace <bundle> ${shellWord(name)} ${options}.`,
  };
}

const MEMBER_PARTS: readonly {
  readonly key: string;
  readonly what: string;
  readonly of: (member: MemberSpec) => unknown;
}[] = [
  {
    key: 'initialAdvertisePeerUrls',
    what: 'peer URLs',
    of: (member) => member.initialAdvertisePeerUrls.map(endpointUrl),
  },
  { key: 'listenPeerUrls', what: 'peer listeners', of: (member) => member.listenPeerUrls.map(endpointUrl) },
  { key: 'dataDir', what: 'data folder', of: (member) => member.dataDir },
  { key: 'walDir', what: 'folder of the write-ahead log', of: (member) => member.walDir },
  { key: 'arch', what: 'architecture', of: (member) => member.arch },
];

function fixedMember(index: number, key: string, what: string, former?: unknown): Refusal {
  const message = `An update does not change the ${what} of a running member.`;
  return { path: `members[${index}].${key}`, message, former };
}
