import type { EtcdSetting } from '../cluster-spec.js';
import { leavesOf, type Pki } from './pki.js';

/**
 * The etcd settings that point a member to its certificates.
 *
 * @internal
 */
export function planTlsSettings(memberName: string, pki: Pki): readonly EtcdSetting[] {
  const all = [...leavesOf(memberName, pki), ...pki.authorities].flatMap(({ plan }) => plan.settings);
  const isPeers = ({ name }: EtcdSetting): boolean => name.startsWith('peer-');
  return [...all.filter((setting) => !isPeers(setting)), ...all.filter(isPeers)];
}
