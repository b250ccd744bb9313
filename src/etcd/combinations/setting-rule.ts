import type { ConfigStyle, EtcdVersion } from '../../cluster-spec.js';
import type { IssueCode } from '../../issue-codes.js';
import { etcdDefault } from '../defaults.js';

/**
 * What a rule sees of one member, whoever wrote its settings: a document that is to be rendered, or a host that is judged.
 *
 * @internal
 */
export interface SettingView {
  readonly version: EtcdVersion;
  /** The value of a setting, or of a feature gate, as etcd reads it; undefined where unset. */
  readonly value: (name: string) => string | undefined;
  /** The same, and etcd's own default where unset. */
  readonly effective: (name: string) => string | undefined;
}

/**
 * What a rule finds.
 *
 * @internal
 */
export interface SettingProblem {
  /** The setting to blame. */
  readonly name: string;
  /** One sentence with the offending values. */
  readonly message: string;
  readonly cure: string;
  /** etcd's own words; absent where it starts and says nothing. */
  readonly says?: string;
}

/**
 * Settings that are fine one by one and not together.
 *
 * @internal
 */
export interface SettingRule {
  /** Also the code of the issue that a document gets. */
  readonly id: IssueCode;
  /** `error`: etcd does not start, or not for long. `warning`: it starts, and does not do what was asked for. */
  readonly level: 'error' | 'warning';
  /** Settings and gates that it looks at: it is passed over where one of them could not be read. */
  readonly reads: readonly string[];
  readonly check: (view: SettingView) => Iterable<SettingProblem>;
}

/**
 * Settings as a rule sees them: the last of a name counts, the empty value is none, and `feature-gates` is read gate by gate.
 *
 * @internal
 */
export function settingView(
  version: EtcdVersion,
  settings: Iterable<{ readonly name: string; readonly value: string }>,
  config: ConfigStyle,
): SettingView {
  const values = new Map<string, string>();
  for (const { name, value } of settings) {
    if (value === '') continue;
    values.set(name, value);
    if (name === 'feature-gates') for (const [gate, enabled] of gatesOf(value)) values.set(gate, enabled);
  }
  return {
    version,
    value: (name) => values.get(name),
    effective: (name) => values.get(name) ?? etcdDefault(name, version, config),
  };
}

/**
 * Whether a boolean setting or gate is on, in any of Go's spellings.
 *
 * @internal
 */
export function isOn({ effective }: SettingView, name: string, fallback = 'false'): boolean {
  return /^(?:1|t|true)$/i.test(effective(name) ?? fallback);
}

/**
 * The values of a list in which etcd counts each once.
 *
 * @internal
 */
export function listOf({ effective }: SettingView, name: string): readonly string[] | undefined {
  const text = effective(name);
  return text === undefined ? undefined : [...new Set(text.split(','))];
}

function gatesOf(value: string): readonly (readonly [string, string])[] {
  return value.split(',').map((pair): readonly [string, string] => {
    const [gate = '', enabled = ''] = pair.trim().split('=');
    return [gate, enabled];
  });
}
