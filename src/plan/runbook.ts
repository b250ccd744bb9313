import { fence } from '../bundle/fence.js';
import { nightChapters } from '../bundle/night/night.js';
import type { BundleState } from '../bundle/state.js';
import type { Step } from './step.js';
import type { Update } from './update.js';
import { ORDER_TITLE } from './update-steps.js';
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
  const sections = [
    title(state, update),
    before(state, update),
    ...update.steps.map((step, index) => stepSection(step, index + FIRST_STEP)),
    after(state, update, certificates),
    nightChapters(update.spec),
  ];
  return `${sections.join('\n\n')}\n`;
}

const FIRST_STEP = 2;

function title({ manifest, spec }: BundleState, { action, changes, notices }: Update): string {
  const order = manifest.hosts.map(({ name }) => name);
  return [
    `# etcd cluster ${spec.cluster.name}, generation ${manifest.generation + 1}: ${action}`,
    '',
    '| host | what | change | needs |',
    '|---|---|---|---|',
    ...changeRows(changes, order).map((row) => `| ${row.join(' | ')} |`),
    ...notices.flatMap((notice) => ['', notice]),
  ].join('\n');
}

function before({ manifest, spec }: BundleState, { gate, steps }: Update): string {
  const { generation } = manifest;
  const files = `${spec.cluster.directory}/admin/etcdctl.env`;
  return [
    '## 1. Before',
    '',
    `- This folder holds what generation ${generation + 1} changes and nothing else: generation ${generation} is in place on every host.`,
    ...(steps.some(({ title: headline }) => headline.endsWith('restart'))
      ? [
          `- Members are started again, the leader last: where there are several, "${ORDER_TITLE}" prints the order of their steps. The leader is not moved away first: each change of leader may cost a write.`,
        ]
      : []),
    `- "Your own machine" is where the operator's tarball of generation 1 was extracted. There, in bash or zsh and in this folder, with etcdctl's variables set (\`set -a; . …${files}; set +a\`):`,
    '',
    fence(['sha256sum -c SHA256SUMS', ...gate]),
    '',
    'The last commands of a step are its gate: go on when each has ended with 0, which `echo $?` tells.',
  ].join('\n');
}

function stepSection({ title: headline, host, commands, gate, back }: Step, number: number): string {
  return [
    `## ${number}. ${headline}`,
    '',
    placeOf(host),
    '',
    fence(commands),
    ...(gate.length === 0 ? [] : ['', 'Then, on your own machine:', '', fence(gate)]),
    ...(back.length === 0 ? [] : ['', `The way back, ${lowerFirst(placeOf(host))}`, '', fence(back)]),
  ].join('\n');
}

function placeOf(host: string): string {
  if (host === 'operator') return 'On your own machine:';
  return host === 'control-plane'
    ? 'On every control-plane machine, as root, with `control-plane.tar.gz` in `/root`:'
    : `On \`${host}\`, as root, with \`${host}.tar.gz\` in \`/root\`:`;
}

function after(
  { manifest }: BundleState,
  { steps }: Update,
  certificates: readonly EndingCertificate[],
): string {
  const first = firstToEnd(certificates);
  const { generation } = manifest;
  return [
    `## ${steps.length + FIRST_STEP}. After`,
    '',
    `- This folder is the state of the cluster from now on; the former one is kept until every step is done. Where you took all steps back, put that one in the place of this one.`,
    `- Remove what holds keys and is not needed any more: the tarballs here, and on the hosts \`/root/<host>.tar.gz\` and \`/root/<host>.generation-${generation}.tar.gz\`.`,
    ...(first === undefined
      ? []
      : [`- The first certificate to expire is \`${first.id}\`, on ${first.notAfter}.`]),
    "- A member's HTTP gateway (`/v3/…`) keeps the connection that it has, and with it the former pair, until etcd is started again: where clients use it, restart the members, one after the other, before that pair ends.",
  ].join('\n');
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
