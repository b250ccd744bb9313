import type { EtcdSetting, EtcdVersion } from '../../../cluster-spec.js';
import { EtcdBundleError } from '../../../errors.js';
import { parseNanoseconds } from '../../../text/go-duration.js';
import { renderGoYaml } from '../../../text/go-yaml.js';
import { formatEtcdVersion } from '../../version.js';
import type { SettingKind, YamlPlace } from '../definition.js';
import { findSetting, yamlPlace } from '../table.js';

type YamlValue = string | bigint | boolean | readonly string[];

/**
 * The settings as etcd's configuration file. etcd reads it as YAML 1.1 and takes no other type than its own: booleans and
 * integers as such, durations as whole nanoseconds, auto-compaction-retention as a string, URL lists as one string with commas,
 * log outputs, cipher suites and allowed names as lists; TLS settings in two sections, without their prefix (etcd
 * `embed/config.go`, configYAML).
 *
 * @throws {@link EtcdBundleError} where a setting has no place in the file of this version: etcd would silently ignore it
 * @internal
 */
export function renderYaml(settings: readonly EtcdSetting[], version: EtcdVersion): string {
  const file: Record<string, YamlValue | Record<string, YamlValue>> = {};
  const sections: Record<string, Record<string, YamlValue>> = {};
  for (const { name, value } of settings) {
    const definition = findSetting(name);
    const place = definition === undefined ? undefined : yamlPlace(definition, version);
    if (definition === undefined || place === undefined) throw noPlace(name, version);
    const typed = yamlValue(definition.kind, value, place);
    if (place.section === undefined) {
      file[place.key] = typed;
    } else {
      const section = sections[place.section] ?? {};
      section[place.key] = typed;
      sections[place.section] = section;
      file[place.section] = section;
    }
  }
  return renderGoYaml(file);
}

function yamlValue(kind: SettingKind, value: string, place: YamlPlace): YamlValue {
  switch (kind.type) {
    case 'boolean':
      return value === 'true';
    case 'integer':
    case 'bytes':
    case 'milliseconds':
      return BigInt(value);
    case 'duration':
      return parseNanoseconds(value) ?? 0n;
    case 'list':
      return kind.yaml === 'list' && place.single !== true ? value.split(',') : value;
    case 'retention':
    case 'enum':
    case 'text':
      return value;
  }
}

function noPlace(name: string, version: EtcdVersion): EtcdBundleError {
  return new EtcdBundleError('invalid-spec', [
    {
      code: 'setting-not-in-file',
      path: 'etcd.config',
      message: `etcd ${formatEtcdVersion(version)} has no key for ${name} in its configuration file.`,
      cure: 'Set `etcd.config` to flags or environment.',
    },
  ]);
}
