import type { EtcdVersion } from '../../cluster-spec.js';
import type { Issue } from '../../errors.js';
import { quoteValue } from '../../text/quote-value.js';
import { FEATURE_GATES } from '../feature-gates.js';
import { describeSpan, type ReleaseSpan } from '../release-span.js';
import { formatEtcdVersion } from '../version.js';
import type { SettingDefinition } from './definition.js';
import { nearestName } from './nearest-name.js';
import { findSetting, IGNORED_FLAGS, SETTINGS, settingNames } from './table.js';

/** Sections of etcd's configuration file that people mistake for settings, each with one of its settings. */
const FILE_SECTIONS: Readonly<Record<string, string>> = {
  'client-transport-security': 'client-cert-allowed-hostname',
  'peer-transport-security': 'peer-cert-allowed-cn',
  'socket-options': 'socket-reuse-port',
  'discovery-config': 'discovery-token',
};

/**
 * A name that no release knows.
 *
 * @internal
 */
export function unknownSetting(key: string, path: string): Issue {
  const section = Object.hasOwn(FILE_SECTIONS, key) ? FILE_SECTIONS[key] : undefined;
  if (section !== undefined) {
    return {
      code: 'config-file-section',
      path,
      message: `${key} is a section of etcd's configuration file, not a setting.`,
      cure: `Write the settings in it under their flag names, such as ${section}.`,
    };
  }
  if (IGNORED_FLAGS.includes(key)) {
    return {
      code: 'ignored-flag',
      path,
      message: `etcd accepts ${key} and ignores it.`,
      cure: 'Leave it out.',
    };
  }
  const near = nearestName(
    key,
    SETTINGS.map(({ name }) => name),
  );
  const definition = near === undefined ? undefined : findSetting(near);
  const meant = definition?.writtenFrom === undefined ? `Did you mean ${near}?` : elsewhere(definition);
  return {
    code: 'unknown-setting',
    path,
    message: `etcd has no setting ${quoteValue(key)}.`,
    cure: near === undefined ? "Write settings under the names of etcd's flags." : meant,
  };
}

/**
 * A feature gate that no release knows.
 *
 * @internal
 */
export function unknownGate(name: string, path: string): Issue {
  const names = FEATURE_GATES.map((gate) => gate.name);
  const near = nearestName(name, names);
  return {
    code: 'unknown-feature-gate',
    path,
    message: `etcd has no feature gate ${quoteValue(name)}.`,
    cure: near === undefined ? `Write one of ${names.join(', ')}.` : `Did you mean ${near}?`,
  };
}

/**
 * A setting or gate that this version does not have under any name.
 *
 * @param written - the name in the document
 * @internal
 */
export function unsupportedSetting(
  definition: SettingDefinition,
  written: string,
  version: EtcdVersion,
  path: string,
): Issue {
  const gate = FEATURE_GATES.find(({ name, flag }) => flag === definition.name || name === definition.name);
  const names: readonly (ReleaseSpan & { readonly name: string })[] = [
    ...(gate === undefined ? [] : [gate]),
    ...settingNames(definition),
  ];
  const homes = names.map(
    (home) => `in ${describeSpan(home)}${home.name === written ? '' : ` as ${home.name}`}`,
  );
  const cure =
    definition.writtenFrom === undefined
      ? `${definition.instead === undefined ? 'Leave it out' : `Write ${definition.instead}`}, or set \`etcd.version\` to one of those.`
      : elsewhere(definition);
  return {
    code: 'setting-not-in-release',
    path,
    message: `etcd ${formatEtcdVersion(version)} has no ${written}; it is ${homes.join(', and ')}.`,
    cure,
  };
}

/**
 * A setting that the rest of the document decides.
 *
 * @internal
 */
export function writtenElsewhere(definition: SettingDefinition, path: string): Issue {
  const isDiscovery = definition.name.startsWith('discovery') && definition.writtenFrom === 'members';
  return {
    code: 'setting-decided-elsewhere',
    path,
    message: isDiscovery
      ? `${definition.name} is a second way to find the members beside initial-cluster; etcd says "multiple discovery or bootstrap flags are set".`
      : `${definition.name} is written from \`${definition.writtenFrom}\`, and etcd accepts it only once.`,
    cure: elsewhere(definition),
  };
}

function elsewhere({ writtenFrom }: SettingDefinition): string {
  return `Leave it out of the settings; \`${writtenFrom}\` decides.`;
}
