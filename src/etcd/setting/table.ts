import type { EtcdVersion } from '../../cluster-spec.js';
import { isInSpan } from '../release-span.js';
import type { SettingDefinition, YamlPlace } from './definition.js';
import { clusteringSettings } from './table/clustering.js';
import { loggingSettings } from './table/logging.js';
import { monitoringSettings } from './table/monitoring.js';
import { networkSettings } from './table/network.js';
import { securitySettings } from './table/security.js';
import { storageSettings } from './table/storage.js';
import { version2Settings } from './table/version-2.js';

/**
 * Every flag that does something in one of the known releases (etcd `etcdmain/config.go`, `embed/config.go`).
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
  const isKnown = (candidate: SettingDefinition): boolean => isInSpan(version, candidate);
  if (isKnown(definition) && !isDeprecated(definition, version)) return definition;
  return settingNames(definition).find(isKnown);
}

/**
 * Whether the version warns of a setting that it still accepts.
 *
 * @internal
 */
export function isDeprecated(definition: SettingDefinition, version: EtcdVersion): boolean {
  const { deprecated } = definition;
  return deprecated !== undefined && isInSpan(version, definition) && isInSpan(version, deprecated);
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
 * Where a setting goes in the version's configuration file.
 *
 * @returns undefined where the file has no place for it
 * @internal
 */
export function yamlPlace(definition: SettingDefinition, version: EtcdVersion): YamlPlace | undefined {
  const places = definition.yaml ?? [{ key: definition.name }];
  return isInSpan(version, definition) ? places.find((place) => isInSpan(version, place)) : undefined;
}
