import type { EtcdVersion } from '../cluster-spec.js';
import type { SettingDefinition, YamlPlace } from './setting-definition.js';
import { clusteringSettings } from './table/clustering.js';
import { loggingSettings } from './table/logging.js';
import { monitoringSettings } from './table/monitoring.js';
import { networkSettings } from './table/network.js';
import { securitySettings } from './table/security.js';
import { storageSettings } from './table/storage.js';
import { version2Settings } from './table/version-2.js';
import { hasSince } from './version.js';

/**
 * Every flag of etcd 3.4 to 3.7 that does something (etcd `etcdmain/config.go`, `embed/config.go`).
 *
 * @internal
 */
export const SETTINGS: readonly SettingDefinition[] = [
  ...storageSettings,
  ...networkSettings,
  ...clusteringSettings,
  ...securitySettings,
  ...monitoringSettings,
  ...loggingSettings,
  ...version2Settings,
];

/**
 * Flags that every release accepts and none heeds (etcd `pkg/flags`, IgnoredFlag).
 *
 * @internal
 */
export const IGNORED_FLAGS: readonly string[] = [
  'cluster-active-size',
  'cluster-remove-delay',
  'cluster-sync-interval',
  'config',
  'force',
  'max-result-buffer',
  'max-retry-attempts',
  'peer-heartbeat-interval',
  'peer-election-timeout',
  'retry-interval',
  'snapshot',
  'v',
  'vv',
  'test.coverprofile',
  'test.outputdir',
];

/** @internal */
export function findSetting(name: string): SettingDefinition | undefined {
  return SETTINGS.find((definition) => definition.name === name);
}

/**
 * The flag that stands for a setting in this version: as written, unless the version does not know it or is about to drop it; then
 * under its other name.
 *
 * @returns undefined where the version has no name for it
 * @internal
 */
export function settingInVersion(
  definition: SettingDefinition,
  version: EtcdVersion,
): SettingDefinition | undefined {
  const isKnown = ({ known }: SettingDefinition): boolean => hasSince(version, known);
  if (isKnown(definition) && !hasSince(version, definition.deprecated ?? [])) return definition;
  return settingNames(definition).find(isKnown);
}

/**
 * All names of a setting through the releases, the newest first.
 *
 * @internal
 */
export function settingNames(definition: SettingDefinition): readonly SettingDefinition[] {
  const newest = definition.renamedTo ?? definition.name;
  return [
    ...SETTINGS.filter(({ name }) => name === newest),
    ...SETTINGS.filter(({ renamedTo }) => renamedTo === newest),
  ];
}

/**
 * Where a setting stands in the version's configuration file.
 *
 * @returns undefined where the file has no place for it
 * @internal
 */
export function yamlPlace(definition: SettingDefinition, version: EtcdVersion): YamlPlace | undefined {
  const places = definition.yaml ?? [{ known: definition.known, key: definition.name }];
  return places.find((place) => hasSince(version, place.known));
}
