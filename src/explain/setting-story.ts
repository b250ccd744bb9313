import { FEATURE_GATES } from '../etcd/feature-gates.js';
import { describeSpan } from '../etcd/release-span.js';
import type { SettingDefinition } from '../etcd/setting/definition.js';
import { findSetting, SETTINGS } from '../etcd/setting/table.js';
import { ETCD_RELEASES, type EtcdRelease } from '../etcd-releases.js';
import { nearest } from '../text/nearest.js';
import { CLIENT_FLAGS, EARLIER_FLAGS, EFFECTIVE_VARIABLES } from './foreign-settings.js';

type Story = readonly (readonly [name: 'story' | 'remedy', value: string])[];

const SETTING_NAMES = SETTINGS.map(({ name }) => name);
const GATE_NAMES = FEATURE_GATES.map(({ name }) => name);

/**
 * What the tables of settings tell about a name that a program does not know: since when it is gone, how it is called now, which
 * gate took its place, or what was meant.
 *
 * @internal
 */
export function settingStory(message: string, values: ReadonlyMap<string, string>): Story {
  switch (message) {
    case 'client-flag-unknown':
      return storyOfClientFlag(values.get('flag') ?? '');
    case 'unknown-flag':
    case 'deprecated-setting':
      return storyOfFlag(values.get('flag') ?? values.get('setting') ?? '');
    case 'unknown-variable':
      return storyOfVariable(values.get('environment-variable') ?? '');
    case 'feature-gate-unknown':
      return storyOfGate(values.get('gate') ?? '');
    case 'config-file-field-unknown':
      return storyOfFlag(values.get('field') ?? '');
    default:
      return [];
  }
}

function storyOfFlag(flag: string): Story {
  const name = flag.replace(/^-+/, '').split('=')[0] ?? '';
  if (name === '') return [];
  const definition = findSetting(name);
  if (definition !== undefined) return storyOf(definition, `--${name}`);
  const client = CLIENT_FLAGS.get(name);
  if (client !== undefined) return story(`--${name} is a flag of etcdctl, ${client.from}.`, client.instead);
  const earlier = EARLIER_FLAGS.get(name);
  if (earlier !== undefined) return story(`--${name} is of etcd before 3.4.`, earlier);
  return misspelt(`--${name}`, name, (near) => `--${near}`);
}

/** The program is etcdctl, etcdutl or one of Kubernetes': a flag of etcd itself is in the wrong place. */
function storyOfClientFlag(name: string): Story {
  const client = CLIENT_FLAGS.get(name);
  if (client !== undefined) return story(`--${name} is a flag of etcdctl, ${client.from}.`, client.instead);
  if (findSetting(name) === undefined) return [];
  return story(`--${name} is a flag of etcd itself.`, 'Write it into the unit or the configuration of etcd.');
}

function storyOfVariable(variable: string): Story {
  const effect = EFFECTIVE_VARIABLES.get(variable);
  if (effect !== undefined) return story(effect, 'Nothing: keep the variable.');
  if (variable.startsWith('ETCDCTL_'))
    return story(`${variable} is for etcdctl; etcd itself does not heed it.`, 'Set it for etcdctl alone.');
  const name = variable
    .replace(/^ETCD_/, '')
    .replaceAll('_', '-')
    .toLowerCase();
  const definition = findSetting(name);
  if (definition !== undefined) return storyOf(definition, variable);
  return misspelt(variable, name, (near) => `ETCD_${near.replaceAll('-', '_').toUpperCase()}`);
}

function storyOf(definition: SettingDefinition, shown: string): Story {
  const { name, until, renamedTo, instead } = definition;
  const gate = FEATURE_GATES.find(({ flag }) => flag === name);
  const span =
    until === undefined
      ? `${shown} is of etcd ${describeSpan(definition)}`
      : `${shown} is of etcd ${describeSpan(definition)}, and gone since ${after(until)}`;
  const isVariable = shown.startsWith('ETCD_');
  const write = (setting: string): string =>
    isVariable ? `ETCD_${setting.replaceAll('-', '_').toUpperCase()}` : `--${setting}`;
  if (gate !== undefined) {
    const [gates, since] = [write('feature-gates'), describeSpan(gate)];
    return story(
      `${span}; in ${since} it is the feature gate ${gate.name}.`,
      `From ${since.slice(0, 3)} on write ${gates}=${gate.name}=true.`,
    );
  }
  if (renamedTo !== undefined) {
    const renamed = findSetting(renamedTo);
    const where = renamed === undefined ? '' : ` in ${describeSpan(renamed)}`;
    return story(`${span}; it is called ${write(renamedTo)}${where}.`, `Write ${write(renamedTo)}.`);
  }
  if (instead !== undefined) {
    const [other = '', value] = instead.split(': ');
    return story(`${span}.`, `Write ${write(other)}${value === undefined ? '' : `=${value}`} instead.`);
  }
  if (until !== undefined) return story(`${span}.`, 'Leave it out.');
  return story(`${span}.`, 'Use a release that has it, or leave it out.');
}

function storyOfGate(gate: string): Story {
  const known = FEATURE_GATES.find(({ name }) => name === gate);
  if (known !== undefined) return story(`${gate} is a gate of etcd ${describeSpan(known)}.`, 'Leave it out.');
  const flag = FEATURE_GATES.find((other) => other.flag === gate);
  if (flag !== undefined)
    return story(`${gate} is the name of the old flag.`, `The gate is called ${flag.name}.`);
  const near = nearest(gate, GATE_NAMES);
  return near === undefined ? [] : story(`No release has the gate ${gate}.`, `Is ${near} meant?`);
}

function misspelt(shown: string, name: string, write: (near: string) => string): Story {
  const respelled = name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
  const near = SETTING_NAMES.includes(respelled) ? respelled : nearest(respelled, SETTING_NAMES);
  const range = `${ETCD_RELEASES[0]} to ${ETCD_RELEASES.at(-1)}`;
  if (near === undefined)
    return story(`${shown} is not a setting of any etcd from ${range}.`, 'Leave it out.');
  return story(`${shown} is not a setting of any etcd from ${range}.`, `Is ${write(near)} meant?`);
}

function after(release: EtcdRelease): string {
  return ETCD_RELEASES[ETCD_RELEASES.indexOf(release) + 1] ?? `the one after ${release}`;
}

function story(said: string, remedy: string): Story {
  return [
    ['story', said],
    ['remedy', remedy],
  ];
}
