import type { ConfigStyle, EtcdSetting, EtcdVersion } from '../../cluster-spec.js';
import type { Issue } from '../../errors.js';
import { childPath } from '../../text/child-path.js';
import { checkSettingCombination } from '../combinations/check-settings.js';
import { describeSpan } from '../release-span.js';
import { formatEtcdVersion } from '../version.js';
import { readSetting, type SettingReading } from './read.js';
import { findSetting, yamlPlace } from './table.js';

type Accepted = Exclude<SettingReading, { readonly type: 'issue' }>;

/**
 * Checks the document's own settings against one version of etcd, and writes them under the names and in the values that this
 * version takes: `experimental-…` flags follow their renaming, those that became feature gates are gathered in one
 * `feature-gates`, `6GiB` becomes bytes.
 *
 * @param settings - flag names without dashes, each with its value as the document has it
 * @param style - where the settings will be written; a configuration file cannot carry all of them
 * @param path - path of the settings in the document, such as `etcd.settings`
 * @returns the accepted settings in the order written, and all problems at once: everything that etcd would refuse, drop or
 * panic at
 * @internal
 */
export function checkEtcdSettings(
  settings: Readonly<Record<string, unknown>>,
  version: EtcdVersion,
  style: ConfigStyle,
  path: string,
): { readonly settings: readonly EtcdSetting[]; readonly issues: readonly Issue[] } {
  const readings = Object.entries(settings).flatMap(([key, value]) =>
    readSetting(key, value, version, childPath(path, key)),
  );
  const found = readings.filter((reading) => reading.type !== 'issue');
  const rejected = readings.filter((reading) => reading.type === 'issue');
  const accepted = found.filter((reading, index) => firstOf(found, reading) === index);
  const repeated = found.filter((reading, index) => firstOf(found, reading) !== index);
  const misplaced = style === 'yaml' ? accepted.filter((reading) => !fitsFile(reading, version)) : [];
  const usable = accepted.filter((reading) => !misplaced.includes(reading));
  const result = gatherGates(usable);
  const paths = new Map(accepted.map(({ name, path: at }) => [name, at]));
  return {
    settings: result,
    issues: [
      ...rejected.map(({ issue }) => issue),
      ...repeated.map((reading) => repeatedIssue(reading, paths, version)),
      ...misplaced.map((reading) => misplacedIssue(reading, version)),
      ...checkSettingCombination(result, version, style, {
        pathOf: (name) => paths.get(name) ?? path,
        unknown: [...rejected, ...misplaced].map(({ name }) => name),
      }),
    ],
  };
}

function firstOf(found: readonly Accepted[], { type, name }: Accepted): number {
  return found.findIndex((other) => other.type === type && other.name === name);
}

/** All gates become one setting, in the place of the first. */
function gatherGates(accepted: readonly Accepted[]): readonly EtcdSetting[] {
  const gates = accepted.filter(({ type }) => type === 'gate');
  const value = gates.map((gate) => `${gate.name}=${gate.value}`).join(',');
  return accepted.flatMap((reading) => {
    if (reading.type === 'flag') return [{ name: reading.name, value: reading.value }];
    return reading === gates[0] ? [{ name: 'feature-gates', value }] : [];
  });
}

function fitsFile(reading: Accepted, version: EtcdVersion): boolean {
  const definition = reading.type === 'gate' ? undefined : findSetting(reading.name);
  return definition === undefined || yamlPlace(definition, version) !== undefined;
}

function repeatedIssue(reading: Accepted, paths: ReadonlyMap<string, string>, version: EtcdVersion): Issue {
  return {
    code: 'setting-twice',
    path: reading.path,
    message: `This is ${reading.name} of etcd ${formatEtcdVersion(version)}, which ${paths.get(reading.name)} sets already.`,
    cure: 'Keep one of the two.',
  };
}

function misplacedIssue({ name, path }: Accepted, version: EtcdVersion): Issue {
  const places = findSetting(name)?.yaml ?? [];
  const others = places.length === 0 ? '' : `; that of ${describeSpan(...places)} has`;
  return {
    code: 'setting-not-in-file',
    path,
    message: `etcd ${formatEtcdVersion(version)} has no key for ${name} in its configuration file, and would ignore it silently${others}.`,
    cure: 'Set `etcd.config` to flags or environment.',
  };
}
