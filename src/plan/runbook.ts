import { fence } from '../bundle/fence.js';
import { hostNeeds } from '../bundle/host-needs.js';
import { nightChapters } from '../bundle/night/night.js';
import type { BundleState } from '../bundle/state.js';
import type { ClusterSpec } from '../cluster-spec.js';
import { SNAPSHOT_PATH, snapshotProgram } from '../etcd/snapshot.js';
import { dataFolders } from './data-aside.js';
import type { Step } from './step.js';
import { type Change, hasTarball, type Update } from './update.js';
import { LEAVE_ORDER_TITLE, ORDER_TITLE } from './update-steps.js';
import { changeRows, type EndingCertificate, firstToEnd } from './words.js';

/**
 * `RUNBOOK.md` of a change: what it changes, and its steps with their gates and the way back.
 *
 * @param certificates - as they are afterwards
 * @internal
 */
export function renderUpdateRunbook(
  state: BundleState,
  update: Update,
  certificates: readonly EndingCertificate[],
): string {
  const packed = new Set(update.hosts.filter(hasTarball).map(({ name }) => name));
  const sections = [
    title(state, update),
    before(state, update),
    ...update.steps.map((step, index) => stepSection(step, index + FIRST_STEP, placeOf(step.host, packed))),
    after(state, update, certificates),
    nightChapters(update.spec),
  ];
  return `${sections.join('\n\n')}\n`;
}

const FIRST_STEP = 2;

function title({ manifest, spec }: BundleState, { action, changes, notices }: Update): string {
  return [
    `# etcd cluster ${spec.cluster.name}, generation ${manifest.generation + 1}: ${action}`,
    '',
    '| host | what | change | needs |',
    '|---|---|---|---|',
    ...changeRows(changes, manifest.hosts).map((row) => `| ${row.join(' | ')} |`),
    ...notices.flatMap((notice) => ['', notice]),
  ].join('\n');
}

function before(state: BundleState, update: Update): string {
  const { generation } = state.manifest;
  const lost = lostHosts(update);
  const files = `${update.spec.cluster.directory}/admin/etcdctl.env`;
  return [
    '## 1. Before',
    '',
    `- This folder holds what generation ${generation + 1} changes and nothing else: generation ${generation} is in place on every host${lost.length === 0 ? '' : ' that is not lost'}.`,
    ...newHosts(update),
    ...leaderLast(update),
    ...fromSnapshot(update),
    ...proofs(state, update),
    ...lost,
    `- "Your own machine" is where the operator's tarball of generation 1 was extracted. There, in bash or zsh and in this folder, with etcdctl's variables set (\`set -a; . …${files}; set +a\`):`,
    '',
    fence(['sha256sum -c SHA256SUMS', ...update.gate]),
    '',
    'The last commands of a step are its gate: go on when each has ended with 0, which `echo $?` tells.',
  ].join('\n');
}

function newHosts({ spec, changes }: Update): readonly string[] {
  const names = new Set(
    changes.flatMap(({ effect, hosts }) => (effect === 'join' || effect === 'rejoin' ? hosts : [])),
  );
  const members = spec.members.filter(({ name }) => names.has(name));
  if (members.length === 0) return [];
  const where = members.map(({ name }) => `\`${name}\``).join(', ');
  return [
    ...hostNeeds({ ...spec, members }, where),
    `- The clock of ${where} is in step, and the ports are open between all members and to their clients.`,
  ];
}

/** Each change of leader may cost a write, so that nobody is moved away. */
function leaderLast({ changes }: Update): readonly string[] {
  const isAny = (effect: Change['effect']): boolean => changes.some((change) => change.effect === effect);
  return [
    ...(isAny('restart')
      ? [
          `- Members are started again, the leader last: where there are several, "${ORDER_TITLE}" prints the order of their steps. The leader is not moved away first: each change of leader may cost a write.`,
        ]
      : []),
    ...(isAny('leave')
      ? [
          `- Members are stopped and removed, the leader last: where there are several, "${LEAVE_ORDER_TITLE}" prints the order, in which all steps of one come before those of the next. It is not moved away first.`,
        ]
      : []),
  ];
}

function fromSnapshot({ action, spec }: Update): readonly string[] {
  if (action !== 'restore') return [];
  const program = snapshotProgram(spec.etcd.version);
  const { binary } = spec.etcd;
  return [
    `- The snapshot is \`${SNAPSHOT_PATH}\` on your own machine, and ${program} is there too. What was written after it is lost.`,
    `- On every member ${program} is at \`${binary.slice(0, binary.lastIndexOf('/'))}/${program}\`, and there is room for the data twice: the former data is set aside and not removed.`,
    '- Clients are stopped, or get no answer until the last step; those that watch or cache have to be started again afterwards.',
  ];
}

/** The first generation of a rotation has none before it, and of a cluster that is down nothing can be proved. */
function proofs({ manifest: { generation } }: BundleState, { rotation }: Update): readonly string[] {
  if (rotation === undefined || rotation.direction === 'at-once') return [];
  if (rotation.direction === 'forward' && rotation.phase === 'trust') return [];
  return [
    `- The commands below, and steps named "What …", change nothing: each ends with 0 where generation ${generation} is in effect. Where one does not, bring that host what generation ${generation} has for it before you go on.`,
  ];
}

function lostHosts({ changes }: Update): readonly string[] {
  const names = changes.flatMap(({ effect, hosts }) => (effect === 'rejoin' ? hosts : []));
  if (names.length === 0) return [];
  const whose = names.map((name) => `\`${name}\``).join(', ');
  return [
    `- The member on the former host of ${whose} does not run any more. Where it comes back later, etcd on it ends by itself: the cluster has removed it.`,
  ];
}

function stepSection({ title: headline, commands, gate, back }: Step, number: number, place: string): string {
  return [
    `## ${number}. ${headline}`,
    '',
    place,
    '',
    fence(commands),
    ...(gate.length === 0 ? [] : ['', 'Then, on your own machine:', '', fence(gate)]),
    ...(back.length === 0 ? [] : ['', `The way back, ${lowerFirst(place)}`, '', fence(back)]),
  ].join('\n');
}

/** @param packed - hosts that have a tarball */
function placeOf(host: string, packed: ReadonlySet<string>): string {
  if (host === 'operator') return 'On your own machine:';
  const where = host === 'control-plane' ? 'every control-plane machine' : `\`${host}\``;
  return `On ${where}, as root${packed.has(host) ? `, with \`${host}.tar.gz\` in \`/root\`` : ''}:`;
}

function after(
  { manifest }: BundleState,
  { action, steps, spec }: Update,
  certificates: readonly EndingCertificate[],
): string {
  const first = firstToEnd(certificates);
  const { generation } = manifest;
  return [
    `## ${steps.length + FIRST_STEP}. After`,
    '',
    `- This folder is the state of the cluster from now on; the former one is kept until every step is done. Where you took all steps back, put that one in the place of this one.`,
    `- Remove what holds keys and is not needed any more: the tarballs here, and on the hosts \`/root/<host>.tar.gz\` and \`/root/<host>.generation-${generation}.tar.gz\`.`,
    ...(action === 'restore' ? formerData(spec, generation) : []),
    ...(first === undefined
      ? []
      : [`- The first certificate to expire is \`${first.id}\`, on ${first.notAfter}.`]),
    "- A member's HTTP gateway (`/v3/…`) keeps the connection that it has, and with it the former pair, until etcd is started again: where clients use it, restart the members, one after the other, before that pair ends.",
  ].join('\n');
}

function formerData(spec: ClusterSpec, generation: number): readonly string[] {
  const folders = [
    ...new Set(
      spec.members.flatMap((member) =>
        dataFolders(spec, member).map((folder) => `\`${folder}.generation-${generation}\``),
      ),
    ),
  ];
  return [
    `- Once you know that nothing is missing, remove the former data on the members, ${folders.join(' and ')}, and \`${SNAPSHOT_PATH}\` there.`,
  ];
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
