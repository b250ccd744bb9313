import type { EtcdSetting } from '../spec/cluster-spec.js';
import type { Pki } from './pki.js';

/**
 * The etcd settings that point a member to its certificates.
 *
 * @internal
 */
export function planTlsSettings(memberName: string, pki: Pki): readonly EtcdSetting[] {
  const leaves = pki.leaves.filter(
    ({ plan: { holder } }) => holder.type === 'members' && holder.names.includes(memberName),
  );
  const all = [...leaves, ...pki.authorities].flatMap(({ plan }) => plan.settings);
  const isPeers = ({ name }: EtcdSetting): boolean => name.startsWith('peer-');
  return [...all.filter((setting) => !isPeers(setting)), ...all.filter(isPeers)];
}
