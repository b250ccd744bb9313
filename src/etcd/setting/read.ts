import type { EtcdVersion } from '../../cluster-spec.js';
import type { Issue } from '../../errors.js';
import { childPath } from '../../text/child-path.js';
import { quoteValue } from '../../text/quote-value.js';
import { type FeatureGate, findGate, gateOfFlag } from '../feature-gates.js';
import { isInSpan } from '../release-span.js';
import type { SettingDefinition } from './definition.js';
import { unknownGate, unknownSetting, unsupportedSetting, writtenElsewhere } from './issues.js';
import { readSettingValue } from './read/value.js';
import { findSetting, settingInVersion } from './table.js';

/**
 * What one key of the document's settings comes to in one version of etcd: a flag, a feature gate, or an issue.
 *
 * @internal
 */
export type SettingReading =
  | { readonly type: 'flag'; readonly name: string; readonly value: string; readonly path: string }
  | { readonly type: 'gate'; readonly name: string; readonly value: string; readonly path: string }
  | { readonly type: 'issue'; readonly name: string; readonly issue: Issue };

/**
 * Reads one key: its name as the version has it, its value as the flag takes it.
 *
 * @param path - path of the key itself, for issues
 * @internal
 */
export function readSetting(
  key: string,
  value: unknown,
  version: EtcdVersion,
  path: string,
): readonly SettingReading[] {
  if (key === 'feature-gates') return readGates(value, version, path);
  const definition = findSetting(key);
  if (definition === undefined) return [issueReading(key, unknownSetting(key, path))];
  const gate = gateOfFlag(key, version);
  const target = settingInVersion(definition, version);
  if (target === undefined && gate === undefined)
    return [issueReading(key, unsupportedSetting(definition, key, version, path))];
  if (definition.writtenFrom !== undefined) return [issueReading(key, writtenElsewhere(definition, path))];
  return [readValue(target ?? definition, gate, value, version, path)];
}

/** The gates of one `feature-gates`: a map of booleans, or etcd's own `A=true,B=false`. */
function readGates(value: unknown, version: EtcdVersion, path: string): readonly SettingReading[] {
  const gates = typeof value === 'string' ? splitGates(value) : mapEntries(value);
  if (gates === undefined) {
    return [
      issueReading('feature-gates', {
        code: 'feature-gates-not-a-map',
        path,
        message: `feature-gates does not accept ${quoteValue(value)}.`,
        cure: 'Write a map such as {InitialCorruptCheck: true}, or "InitialCorruptCheck=true,CompactHashCheck=true".',
      }),
    ];
  }
  return gates.map(([name, enabled]) => readGate(name, enabled, version, childPath(path, name)));
}

function readGate(name: string, enabled: unknown, version: EtcdVersion, path: string): SettingReading {
  const gate = findGate(name);
  if (gate === undefined) return issueReading(name, unknownGate(name, path));
  const flag = gate.flag === undefined ? undefined : findSetting(gate.flag);
  if (isInSpan(version, gate)) return readValue(flag ?? gateDefinition(gate), gate, enabled, version, path);
  if (flag !== undefined && isInSpan(version, flag)) {
    return readValue(flag, undefined, enabled, version, path);
  }
  return issueReading(name, unsupportedSetting(flag ?? gateDefinition(gate), name, version, path));
}

function readValue(
  definition: SettingDefinition,
  gate: FeatureGate | undefined,
  value: unknown,
  version: EtcdVersion,
  path: string,
): SettingReading {
  const name = gate?.name ?? definition.name;
  const read = readSettingValue({ ...definition, name }, value, version);
  if (read.type === 'problem') {
    const { code, message, cure } = read;
    return issueReading(name, { code, path, message, cure });
  }
  return { type: gate === undefined ? 'flag' : 'gate', name, value: read.text, path };
}

function gateDefinition({ name }: FeatureGate): SettingDefinition {
  return { name, kind: { type: 'boolean' } };
}

function splitGates(value: string): readonly (readonly [string, unknown])[] | undefined {
  const pairs = value.split(',').map((pair) => pair.trim().split('='));
  const gates = pairs.map(([name = '', enabled = '']): readonly [string, unknown] => [name, enabled]);
  return pairs.every((pair) => pair.length === 2) ? gates : undefined;
}

function mapEntries(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : undefined;
}

function issueReading(name: string, issue: Issue): SettingReading {
  return { type: 'issue', name, issue };
}
