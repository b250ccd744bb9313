import type { EtcdSetting } from '../../../cluster-spec.js';

/**
 * The environment variable of a flag: `ETCD_QUOTA_BACKEND_BYTES` (etcd `pkg/flags/flag.go`, FlagToEnv).
 *
 * @internal
 */
export function environmentName(flag: string): string {
  return `ETCD_${flag.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * The settings as environment variables of etcd. Only the name changes: etcd hands the value to the flag as it is.
 *
 * @returns values that nothing has quoted
 * @internal
 */
export function renderEnvironment(
  settings: readonly EtcdSetting[],
): readonly { readonly name: string; readonly value: string }[] {
  return settings.map(({ name, value }) => ({ name: environmentName(name), value }));
}
