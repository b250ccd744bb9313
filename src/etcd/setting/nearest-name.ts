import { nearest } from '../../text/nearest.js';

/**
 * The name that was meant: the same one in another spelling (`--quota-backend-bytes`, `ETCD_QUOTA_BACKEND_BYTES`,
 * `quotaBackendBytes`), or else the one that a typing slip most likely meant.
 *
 * @internal
 */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  const respelled = text
    .replace(/^ETCD_|^-+/, '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  const same = names.find((name) => name === respelled);
  if (same !== undefined) return same;
  return nearest(text, names);
}
