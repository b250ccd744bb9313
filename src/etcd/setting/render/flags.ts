import type { EtcdSetting } from '../../../cluster-spec.js';

/**
 * The settings as arguments of etcd, one word each: `--quota-backend-bytes=6442450944`, `--client-cert-auth=true`. Name and value
 * stay in one word, because `--client-cert-auth true` would leave etcd with an argument too many (Go `flag`).
 *
 * @returns words that no shell has read: quoting is up to the code that writes them into a file
 * @internal
 */
export function renderFlags(settings: readonly EtcdSetting[]): readonly string[] {
  return settings.map(({ name, value }) => `--${name}=${value}`);
}
