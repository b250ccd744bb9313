import type { ConfigStyle, EtcdVersion } from '../../cluster-spec.js';
import { etcdDefault } from '../../etcd/defaults.js';

/**
 * A setting as etcd reads it, under its flag's name.
 *
 * @internal
 */
export interface SettingEntry {
  readonly name: string;
  /** As the flag takes it. */
  readonly value: string;
  /** File that sets it. */
  readonly path: string;
  readonly from: 'flag' | 'environment' | 'file';
}

/**
 * What is wrong with how settings are written.
 *
 * @internal
 */
export interface SettingFault {
  readonly kind:
    | 'unknown-flag'
    | 'not-a-flag'
    | 'missing-value'
    | 'bad-value'
    | 'conflict'
    | 'unknown-variable'
    | 'file-missing'
    /** Nobody can say whether it is there; `says` has the reason. */
    | 'file-unseen'
    | 'file-syntax'
    | 'file-unread'
    | 'file-type'
    | 'file-unknown-key'
    | 'ignored';
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** etcd's words, where it has some. */
  readonly says: string;
}

/**
 * What etcd runs with: from flags and environment, or from a configuration file alone.
 *
 * @internal
 */
export interface Settings {
  readonly version: EtcdVersion;
  readonly style: 'command-line' | 'file' | 'layout';
  /** File that an unset setting would be written into. */
  readonly path: string;
  readonly entries: ReadonlyMap<string, SettingEntry>;
  readonly faults: readonly SettingFault[];
  /** Entries of which only the running host knows the whole value, as `name` `%m`. */
  readonly unknown: readonly SettingEntry[];
  /** Whether only the running host knows which settings there are. */
  readonly isPartial: boolean;
}

/**
 * The value that was set, in the first of the names that was; the empty string counts as unset.
 *
 * @internal
 */
export function settingValue(settings: Settings, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = settings.entries.get(name)?.value;
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

/**
 * Whether a boolean is on: as it was set, in the first of the names that was, or else by etcd's own default.
 *
 * @internal
 */
export function isOn(settings: Settings, ...names: readonly string[]): boolean {
  const byDefault = (name: string): string | undefined =>
    etcdDefault(name, settings.version, configOf(settings));
  const value = settingValue(settings, ...names) ?? names.map(byDefault).find((text) => text !== undefined);
  return /^(?:1|t|true)$/i.test(value ?? '');
}

/**
 * The style of what was read, as a document names it.
 *
 * @internal
 */
export function configOf({ style }: Settings): ConfigStyle {
  return style === 'file' ? 'yaml' : 'flags';
}

/**
 * File that sets a setting, or would.
 *
 * @internal
 */
export function pathOf(settings: Settings, name: string): string {
  return settings.entries.get(name)?.path ?? settings.path;
}

/**
 * Whether a feature gate is on, which 3.6 brought.
 *
 * @internal
 */
export function isGateOn(settings: Settings, gate: string): boolean {
  const pairs = (settingValue(settings, 'feature-gates') ?? '')
    .split(',')
    .map((pair) => pair.trim().split('='));
  const set =
    pairs.findLast(([name]) => name === gate)?.[1] ?? pairs.findLast(([name]) => name === 'AllAlpha')?.[1];
  return /^(?:1|t|true)$/i.test(set ?? '');
}
