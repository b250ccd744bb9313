import type { ManifestHost } from '../bundle/manifest/manifest.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { STATIC_POD_PATH } from '../kubernetes/static-pod.js';
import { shellWord } from '../text/shell-word.js';
import { setDataAside } from './data-aside.js';
import { healthGate } from './gate.js';
import { removeMember } from './member-commands.js';
import { parkedPod, stopPod } from './pod-commands.js';
import type { Step } from './step.js';

/**
 * What a member takes to leave a running cluster.
 *
 * @internal
 */
export interface Leaving {
  readonly member: MemberSpec;
  /** Of the bundle before this change. */
  readonly host: ManifestHost | undefined;
  /** Members that have a vote before it leaves. */
  readonly voters: number;
  /** Of the bundle before this change. */
  readonly generation: number;
}

/** Of two members both have to agree to the removal. */
const PAIR = 2;

/**
 * A member is stopped before it is removed, which as the leader costs no write, whereas the removal of a leader that runs costs one and seconds
 * without any. Afterwards nothing is left on its host that could start it: with an empty folder it would found a cluster of its own together with
 * others that were removed.
 *
 * @internal
 */
export function leaveSteps(
  spec: ClusterSpec,
  { member, host, voters, generation }: Leaving,
): readonly Step[] {
  const { name } = member;
  const { unit } = spec.systemd;
  const isPod = spec.kubernetes?.staticPod === true;
  const stop: Step = {
    title: `Stop ${name}`,
    host: name,
    commands: isPod ? stopPod() : [`systemctl disable --now ${unit}`],
    gate: healthGate(),
    back: isPod ? [`mv ${parkedPod()} ${STATIC_POD_PATH}`] : [`systemctl enable --now ${unit}`],
  };
  const remove: Step = {
    title: `Remove ${name}`,
    host: 'operator',
    commands: [removeMember(member)],
    gate: healthGate(),
    back: [],
  };
  const files = host?.files.flatMap(({ kind, path }) =>
    kind === 'private-key' || kind === 'systemd-unit' ? [path] : [],
  );
  const rest = [...(files ?? []), ...(isPod ? [parkedPod()] : [])];
  return [
    ...(voters > PAIR ? [stop, remove] : [remove, { ...stop, back: [] }]),
    {
      title: `What is left on ${name}`,
      host: name,
      commands: [
        [
          // Not on the host of a member that runs.
          isPod ? `[ -e ${parkedPod()} ]` : `! systemctl is-active --quiet ${unit}`,
          ...(isPod ? [`systemctl disable --now ${unit}`] : []),
          ...setDataAside(spec, member, generation),
          ...(rest.length === 0 ? [] : [`rm -f ${rest.map(shellWord).join(' ')}`]),
          'systemctl daemon-reload',
        ].join(' && '),
      ],
      gate: [],
      back: [],
    },
  ];
}
