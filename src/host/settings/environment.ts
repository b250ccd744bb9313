import type { EtcdVersion } from '../../cluster-spec.js';
import { isInSpan } from '../../etcd/release-span.js';
import { findSetting, SETTINGS } from '../../etcd/setting/table.js';
import { goValueFault } from './go-value.js';
import type { SettingEntry, SettingFault } from './settings.js';

/**
 * A variable of etcd's process.
 *
 * @internal
 */
export interface ProcessVariable {
  readonly name: string;
  readonly value: string;
  /** File that sets it. */
  readonly path: string;
}

/** Variables of etcd that are not settings. */
const SPECIAL: readonly string[] = ['ETCD_VERSION', 'ETCD_UNSUPPORTED_ARCH', 'ETCD_CONFIG_FILE'];

/**
 * Reads settings from the environment as etcd does (`pkg/flags/flag.go`, SetFlagsFromEnv): a variable beside its flag is fatal, even an
 * empty one; an unknown one is warned of and ignored.
 *
 * @param flags - names of the flags that the command has
 * @internal
 */
export function readEnvironment(
  variables: readonly ProcessVariable[],
  flags: ReadonlySet<string>,
  version: EtcdVersion,
): { readonly entries: readonly SettingEntry[]; readonly faults: readonly SettingFault[] } {
  const entries: SettingEntry[] = [];
  const faults: SettingFault[] = [];
  const known = new Map(
    SETTINGS.filter((definition) => isInSpan(version, definition)).map(({ name }) => [
      variableOf(name),
      name,
    ]),
  );
  for (const { name: variable, value, path } of variables) {
    if (!variable.startsWith('ETCD_')) continue;
    const name = known.get(variable);
    const definition = name === undefined ? undefined : findSetting(name);
    if (name === undefined || definition === undefined) {
      if (!SPECIAL.includes(variable))
        faults.push({
          kind: 'unknown-variable',
          name: variable,
          value,
          path,
          says: 'unrecognized environment variable',
        });
    } else if (flags.has(name)) {
      const says =
        'conflicting environment variable is shadowed by corresponding command-line flag (either unset environment variable or disable flag))';
      faults.push({ kind: 'conflict', name, value, path, says });
    } else if (value !== '') {
      entries.push({ name, value, path, from: 'environment' });
      const why = goValueFault(definition, value, version);
      if (why !== undefined)
        faults.push({
          kind: 'bad-value',
          name,
          value,
          path,
          says: `invalid value "${value}" for ${variable}: ${why}`,
        });
    }
  }
  return { entries, faults };
}

/**
 * `ETCD_LISTEN_PEER_URLS` of `listen-peer-urls`.
 *
 * @internal
 */
export function variableOf(flag: string): string {
  return `ETCD_${flag.toUpperCase().replaceAll('-', '_')}`;
}
