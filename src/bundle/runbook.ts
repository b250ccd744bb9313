import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { clusterTokenKeys } from '../etcd/auth-token.js';
import { formatEtcdVersion } from '../etcd/version.js';
import { endpointUrl } from '../net/endpoint.js';
import { hostText } from '../net/host.js';
import { unixSocketUrl } from '../net/unix-socket.js';
import { type IssuedAuthority, type IssuedLeaf, leavesOf, type Pki } from '../pki/pki.js';
import { formatTime } from '../x509/time.js';
import { clientEndpoints } from './client-files.js';
import { discoveryLines } from './discovery-records.js';
import { fence } from './fence.js';
import { hostNeeds } from './host-needs.js';
import { nightChapters } from './night/night.js';
import { scpTarget } from './scp-target.js';

/**
 * What a runbook says of a PKI; no key is in it.
 *
 * @public
 */
export interface RunbookPki {
  /** Whose keys the runbook says how to keep. */
  readonly authorities: readonly Pick<IssuedAuthority, 'plan' | 'notAfter'>[];
  /** Further CAs whose clients are let in, of which it warns; absent where there are none. */
  readonly trust?: Pki['trust'];
  /** Whose ends the runbook names. */
  readonly leaves: readonly Pick<IssuedLeaf, 'plan' | 'notAfter'>[];
}

/**
 * `RUNBOOK.md`: the commands for exactly this cluster, in order.
 *
 * @example
 * ```ts
 * const { authorities, leaves } = pki;
 * renderRunbook(spec, { authorities, leaves }).startsWith('# '); // => true
 * ```
 * @public
 */
export function renderRunbook(spec: ClusterSpec, pki: RunbookPki): string {
  // The last line ends within the last section: put behind, it would take a second copy of a long text.
  return [
    title(spec),
    before(spec),
    copy(spec),
    install(spec),
    check(spec, pki),
    controlPlane(spec),
    keep(spec, pki),
    `${nightChapters(spec)}\n`,
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

const CHECKS: readonly string[] = [
  'member list -w table',
  'endpoint health -w table',
  'endpoint status -w table',
];

function title(spec: ClusterSpec): string {
  const rows = spec.members.map(
    (member) =>
      `| ${member.name} | ${member.addresses.map(hostText).join(', ')} | ${urls(member.advertiseClientUrls)} | ${urls(member.initialAdvertisePeerUrls)} | ${member.name}.tar.gz |`,
  );
  return [
    `# etcd cluster ${spec.cluster.name}`,
    '',
    '| member | address | clients | peers | tarball |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function before(spec: ClusterSpec): string {
  const { version, archive } = spec.etcd;
  return [
    '## 1. Before',
    '',
    ...(archive === undefined
      ? []
      : [
          `- etcd ${formatEtcdVersion(version)} and etcdctl travel in the members' tarballs: hosts need nothing of them.`,
        ]),
    ...hostNeeds(spec, 'every member'),
    '- Clocks are in step, and the ports above are open between the members and to their clients.',
    '- What you copy is what was written:',
    '',
    fence(['sha256sum -c SHA256SUMS']),
    ...discoveryLines(spec),
  ].join('\n');
}

function copy(spec: ClusterSpec): string {
  return [
    '## 2. Copy',
    '',
    "A tarball holds its host's private keys and nobody else's: copy each to its own host only, and delete it there once it is extracted.",
    '',
    fence(spec.members.map((member) => `scp ${member.name}.tar.gz root@${scpTarget(member)}:/root/`)),
  ].join('\n');
}

function install(spec: ClusterSpec): string {
  const { unit } = spec.systemd;
  const isOne = spec.members.length === 1;
  return [
    isOne ? '## 3. Extract and start' : '## 3. Extract and start, on all members together',
    '',
    isOne
      ? `On \`${spec.members[0]?.name ?? ''}\`, as root:`
      : 'On each member, as root, in one terminal each. The first one waits until a majority is there: that is normal.',
    '',
    ...spec.members.flatMap((member) => [
      ...(isOne ? [] : [`On \`${member.name}\`:`, '']),
      fence([
        `tar -xzf /root/${member.name}.tar.gz -C / && systemd-sysusers && systemd-tmpfiles --create && systemctl daemon-reload && systemctl enable --now ${unit}`,
      ]),
      '',
    ]),
  ]
    .join('\n')
    .trimEnd();
}

function check(spec: ClusterSpec, pki: RunbookPki): string {
  const [first] = spec.members;
  if (first === undefined) return '';
  const etcdctl = `${spec.etcd.binary.slice(0, spec.etcd.binary.lastIndexOf('/'))}/etcdctl`;
  const files = hostFiles(spec, first.name, pki);
  return [
    '## 4. Check',
    '',
    "On your own machine, in bash or zsh, with the operator's tarball in any folder (another shell finds its pair below `/` alone):",
    '',
    fence([
      'mkdir -p etcd-admin && tar -xzf admin.tar.gz -C etcd-admin',
      `set -a; . etcd-admin${spec.cluster.directory}/admin/etcdctl.env; set +a`,
      ...CHECKS.map((command) => `etcdctl ${command}`),
    ]),
    '',
    'The first table names the members, the last one the leader. On a member, as root, with variables:',
    '',
    fence([
      `systemctl status --no-pager ${spec.systemd.unit}`,
      `journalctl --no-pager --lines 50 --unit ${spec.systemd.unit}`,
      `export ETCDCTL_ENDPOINTS=${clientEndpoints(spec)}`,
      ...files.map(({ variable, path }) => `export ${variable}=${path}`),
      ...CHECKS.map((command) => `${etcdctl} ${command}`),
    ]),
    '',
    'Or with aliases, in a shell without those variables: etcdctl refuses settings given twice.',
    '',
    fence([
      `alias etcdctl_cluster="${etcdctl} --endpoints=${clientEndpoints(spec)}${flags(files)}"`,
      ...spec.members.map(
        (member, index) =>
          `alias etcdctl_node${index + 1}="${etcdctl} --endpoints=${urls(member.advertiseClientUrls).replaceAll(', ', ',')}${flags(files)}"`,
      ),
      'etcdctl_cluster member list -w table',
      'etcdctl_node1 endpoint status -w table',
    ]),
    ...socketChecks(spec, etcdctl, flags(files)),
  ].join('\n');
}

/** Towards `unix` etcdctl speaks TLS as soon as it is given a certificate, and gets no answer (etcd `client/v3/internal/endpoint`). */
function socketChecks({ members }: ClusterSpec, etcdctl: string, tls: string): readonly string[] {
  return members.flatMap(({ name, listenClientSockets = [] }) =>
    listenClientSockets.length === 0
      ? []
      : [
          '',
          `On \`${name}\` alone, as root, at its socket, in a shell without those variables:`,
          '',
          fence(
            listenClientSockets.map(
              (socket) =>
                `${etcdctl} --endpoints=${unixSocketUrl(socket)}${socket.scheme === 'unixs' ? tls : ''} endpoint health`,
            ),
          ),
        ],
  );
}

function controlPlane(spec: ClusterSpec): string {
  if (spec.kubernetes === undefined) return '';
  return [
    '## 5. Kubernetes control plane',
    '',
    'On every control-plane machine, as root, before `kubeadm init` or `kubeadm join`:',
    '',
    fence(['tar -xzf /root/control-plane.tar.gz -C /']),
    '',
    'The `etcd.external` block for your kubeadm configuration is in `/etc/kubernetes/kubeadm-external-etcd.yaml`.',
  ].join('\n');
}

function tokens(spec: ClusterSpec): readonly string[] {
  const { privateKey } = clusterTokenKeys(spec) ?? {};
  if (privateKey === undefined) return [];
  return [
    `- Every member signs the tokens of etcd's users with the same key, \`${privateKey}\`: whoever has it is any user.`,
  ];
}

function keep(spec: ClusterSpec, pki: RunbookPki): string {
  const [earliest] = [...pki.leaves].sort((a, b) => a.notAfter - b.notAfter);
  if (earliest === undefined) {
    return [
      '## Keep',
      '',
      'The cluster speaks plain http: anyone who reaches its ports can read and write everything.',
      ...tokens(spec).flatMap((line) => ['', line]),
    ].join('\n');
  }
  const holders = spec.certificates.caKeyOn;
  return [
    '## Keep',
    '',
    "- `ca/` signs for this cluster for ever: move it to where only you can read it, and keep a copy. Hosts don't need it.",
    ...(holders.length === 0 ? [] : [`- The document puts the CA key on ${holders.join(', ')} too.`]),
    ...pki.authorities.map(
      ({ plan, notAfter }) => `- The ${plan.title} lasts until ${formatTime(notAfter)}.`,
    ),
    ...(pki.trust ?? []).map(
      ({ subject, notAfter }) =>
        `- Until ${formatTime(notAfter)} members let in every client with a certificate of ${subject}; with authentication on, as the user that its common name says, \`root\` included.`,
    ),
    `- The first certificate to expire is \`${earliest.plan.id}\`, on ${formatTime(earliest.notAfter)}.`,
    '- New pairs in time: `etcd-bundle renew <this folder>`, which writes a folder with a runbook of its own; no member is restarted.',
    ...tokens(spec),
    '- `bundle.json` says what every tarball holds; it carries no secret.',
  ].join('\n');
}

interface EtcdctlFile {
  readonly variable: 'ETCDCTL_CACERT' | 'ETCDCTL_CERT' | 'ETCDCTL_KEY';
  readonly flag: 'cacert' | 'cert' | 'key';
  readonly path: string;
}

/** What etcdctl takes on a member: the pair made for that, or the one that it serves with. */
function hostFiles(spec: ClusterSpec, memberName: string, pki: RunbookPki): readonly EtcdctlFile[] {
  const own = leavesOf(memberName, pki).filter(({ plan }) => plan.extendedKeyUsage.includes('clientAuth'));
  const pair =
    own.find(({ plan }) => plan.role === 'healthcheck-client') ??
    own.find(({ plan }) => plan.authority === 'ca');
  const authority = pki.authorities.find(({ plan }) => plan.id === 'ca');
  if (authority === undefined) return [];
  const trust = {
    variable: 'ETCDCTL_CACERT',
    flag: 'cacert',
    path: authority.plan.files.certificate,
  } as const;
  // Without client-cert-auth nobody asks for a pair.
  if (pair === undefined || !spec.certificates.clientCertAuth) return [trust];
  return [
    trust,
    { variable: 'ETCDCTL_CERT', flag: 'cert', path: pair.plan.files.certificate },
    { variable: 'ETCDCTL_KEY', flag: 'key', path: pair.plan.files.key },
  ];
}

function flags(files: readonly EtcdctlFile[]): string {
  return files.map(({ flag, path }) => ` --${flag}=${path}`).join('');
}

function urls(endpoints: MemberSpec['advertiseClientUrls']): string {
  return endpoints.map(endpointUrl).join(', ');
}
