import { scpTarget } from '../bundle/scp-target.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { STATIC_POD_PATH } from '../kubernetes/static-pod.js';
import { endpointUrl } from '../net/endpoint.js';
import { shellWord } from '../text/shell-word.js';
import type { BorrowedFiles } from './borrowed-files.js';
import { dataFolders, setDataAside } from './data-aside.js';
import { addLearner, addVoter, promoteLearner, removeAdded } from './member-commands.js';
import { stopPod } from './pod-commands.js';
import type { Step } from './step.js';

/**
 * What a member takes to join a running cluster.
 *
 * @internal
 */
export interface Joining {
  readonly member: MemberSpec;
  /** What it gets from another member. */
  readonly borrowed: BorrowedFiles | undefined;
  /** Of the bundle before this change. */
  readonly generation: number;
  /** Steps that bring what neither its tarball nor another member has. */
  readonly brought: readonly Step[];
  /** As it was there before, where what is left of it is to give way; undefined for one that is new. */
  readonly former: MemberSpec | undefined;
  /** Commands that succeed once it is one of those that are there. */
  readonly gate: readonly string[];
}

/**
 * A whole host is made ready, added as a learner, started, and given its vote once it is in sync. Nothing that goes wrong on the way costs the
 * others their quorum. One that is lost and comes back where clients dial it has its vote from the start: those that are left are a majority with it,
 * too, and it costs them no more than the lost one did.
 *
 * @internal
 */
export function joinSteps(
  spec: ClusterSpec,
  { member, borrowed, brought, generation, former, gate }: Joining,
): readonly Step[] {
  const { name } = member;
  const { unit } = spec.systemd;
  const isPod = spec.kubernetes?.staticPod === true;
  const isLost = former !== undefined;
  const isVoter = isLost && isDialled(member, former);
  return [
    {
      title: `Files for ${name}`,
      host: name,
      commands: [
        // A kubelet that runs would start it at once.
        ...(isPod && isLost ? [`[ ! -e ${STATIC_POD_PATH} ] || { ${stopPod().join(' && ')}; }`] : []),
        ...(isPod ? [`systemctl disable --now ${unit}`] : []),
        [
          ...emptied(spec, { member, generation, isLost }),
          `tar -xzf /root/${name}.tar.gz -C /`,
          'systemd-sysusers',
          'systemd-tmpfiles --create',
          'systemctl daemon-reload',
        ].join(' && '),
      ],
      gate: [],
      back: isPod ? [`rm -f ${STATIC_POD_PATH}`] : [],
    },
    ...(borrowed === undefined ? [] : [borrowStep(member, borrowed)]),
    ...brought,
    {
      title: `Add ${name}`,
      host: 'operator',
      commands: [isVoter ? addVoter(member) : addLearner(member)],
      gate: [],
      back: [removeAdded(member)],
    },
    {
      title: `Start ${name}`,
      host: name,
      commands: [`systemctl enable --now ${unit}`],
      gate: isVoter ? gate : [],
      back: [`systemctl disable --now ${unit}`],
    },
    ...(isVoter
      ? []
      : [
          {
            title: `Promote ${name}`,
            host: 'operator',
            commands: [promoteLearner(member)],
            gate,
            back: [],
          },
        ]),
  ];
}

/**
 * Whether clients have an endpoint of a member that comes back.
 *
 * @internal
 */
export function isDialled(member: MemberSpec, former: MemberSpec): boolean {
  const urls = new Set(former.advertiseClientUrls.map(endpointUrl));
  return member.advertiseClientUrls.some((url) => urls.has(endpointUrl(url)));
}

/** On another host than the one that is meant, nothing happens: it has data, or no such tarball. */
function emptied(
  spec: ClusterSpec,
  { member, generation, isLost }: Pick<Joining, 'member' | 'generation'> & { readonly isLost: boolean },
): readonly string[] {
  if (!isLost) return [`[ ! -e ${shellWord(dataFolders(spec, member)[0])} ]`];
  const { unit } = spec.systemd;
  return [
    `[ -f /root/${member.name}.tar.gz ]`,
    `{ ! systemctl cat ${unit} >/dev/null 2>&1 || systemctl disable --now ${unit}; }`,
    ...setDataAside(spec, member, generation),
  ];
}

/** Owners stand by name in the archive, and the accounts are there by now. */
function borrowStep(member: MemberSpec, { from, files }: BorrowedFiles): Step {
  const paths = files.map(({ path }) => shellWord(path.slice(1))).join(' ');
  return {
    title: `What ${member.name} gets from ${from.name}`,
    host: 'operator',
    commands: [
      `ssh root@${scpTarget(from)} tar -cf - -C / ${paths} | ssh root@${scpTarget(member)} tar -xpf - -C /`,
    ],
    gate: [],
    back: [],
  };
}
