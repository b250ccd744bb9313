import { filesOn, type Manifest, type ManifestFile } from '../bundle/manifest/manifest.js';
import { scpTarget } from '../bundle/scp-target.js';
import type { ClusterSpec, MemberSpec } from '../cluster-spec.js';
import { planAuthorities } from '../pki/plan.js';
import { shellWord } from '../text/shell-word.js';
import type { Step } from './step.js';

/**
 * The CA keys that a host has, which no later tarball brings: `ca/` of the bundle has them.
 *
 * @internal
 */
export function authorityKeysOn(manifest: Manifest, name: string): readonly ManifestFile[] {
  return filesOn(manifest, name, 'authority-key');
}

/** Members have the old CA's key until it alone is trusted no more. */
function keptAs({ authorities }: Manifest, id: string): string {
  return authorities.find((authority) => authority.id === id)?.phase === 'reissue' ? `${id}.former` : id;
}

/**
 * The step that brings CA keys to a member that had them and lost its disk; none where it had none.
 *
 * @internal
 */
export function authorityKeySteps(
  manifest: Manifest,
  spec: ClusterSpec,
  member: MemberSpec,
): readonly Step[] {
  const keys = authorityKeysOn(manifest, member.name);
  if (keys.length === 0) return [];
  const ids = new Map(planAuthorities(spec).map((plan) => [plan.files.key, plan.id]));
  const commands = keys.flatMap(({ path, mode, owner }) => {
    const id = ids.get(path);
    const [user = '', group = ''] = owner.split(':');
    const install = `install -m ${mode} -o ${user} -g ${group} /dev/stdin ${shellWord(path)}`;
    return id === undefined
      ? []
      : [`ssh root@${scpTarget(member)} ${install} < ca/${keptAs(manifest, id)}.key`];
  });
  return [{ title: `The CA key for ${member.name}`, host: 'operator', commands, gate: [], back: [] }];
}
