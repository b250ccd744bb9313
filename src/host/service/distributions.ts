import { splitExecStart } from '../../systemd/unit-reader.js';
import { beginningOf, type RootIndex } from '../host-root.js';
import { unitEnvironment } from './systemd-service.js';
import type { UnitFile } from './unit-files.js';
import { readUnit } from './unit-fragments.js';
import { at, yamlValues } from './yaml-value.js';

/**
 * A distribution of Kubernetes that runs an etcd of its own, which no file tells of.
 *
 * @internal
 */
export interface HiddenMember {
  /** What starts it. */
  readonly path: string;
  readonly command: string;
  /** Where its settings will stand, absolute; absent where it gives them to etcd as flags. */
  readonly settings?: string;
}

interface Distribution {
  readonly command: string;
  /** Relative to its data folder. */
  readonly settings?: string;
  readonly folder: string;
  readonly config: string;
  /** Whether etcd is what it stores in unless it is told otherwise. */
  readonly isDefault: boolean;
}

/** docs.k3s.io/datastore/ha-embedded, docs.rke2.io/reference/server_config, docs.k0sproject.io/stable/configuration. */
const DISTRIBUTIONS: Readonly<Record<string, Distribution>> = {
  k3s: {
    command: 'server',
    settings: 'server/db/etcd/config',
    folder: '/var/lib/rancher/k3s',
    config: '/etc/rancher/k3s/config.yaml',
    isDefault: false,
  },
  rke2: {
    command: 'server',
    settings: 'server/db/etcd/config',
    folder: '/var/lib/rancher/rke2',
    config: '/etc/rancher/rke2/config.yaml',
    isDefault: true,
  },
  k0s: { command: 'controller', folder: '/var/lib/k0s', config: '/etc/k0s/k0s.yaml', isDefault: true },
};
const PROGRAM = /k3s|rke2|k0s/;

/**
 * The members that k3s, rke2 and k0s have or will have, where the configuration that they write is not there: before their first start,
 * or because k0s writes none.
 *
 * @param units - of the host
 * @internal
 */
export function hiddenMembers(root: RootIndex, units: readonly UnitFile[]): readonly HiddenMember[] {
  return units.flatMap(({ path, name }): readonly HiddenMember[] => {
    const file = root.files.get(path);
    if (!PROGRAM.test(name)) return [];
    if (file === undefined || !PROGRAM.test(beginningOf(file))) return [];
    const unit = readUnit(root, name, [path]);
    const { variables } = unitEnvironment(unit, root);
    const environment = new Map(variables.map((variable) => [variable.name, variable.value] as const));
    return unit.values('ExecStart').flatMap((line): readonly HiddenMember[] => {
      const words = splitExecStart(line, environment) ?? [];
      const program = (words[0] ?? '').replace(/^.*\//, '');
      const distribution = Object.hasOwn(DISTRIBUTIONS, program) ? DISTRIBUTIONS[program] : undefined;
      if (distribution === undefined || words[1] !== distribution.command) return [];
      const option = optionsOf(root, distribution, words, environment, program);
      if (!storesInEtcd(distribution, option)) return [];
      const settings =
        distribution.settings === undefined
          ? undefined
          : `${option('data-dir') ?? distribution.folder}/${distribution.settings}`;
      if (settings !== undefined && root.find(settings) !== undefined) return [];
      return [
        { path, command: words.join(' ').slice(0, 160), ...(settings === undefined ? {} : { settings }) },
      ];
    });
  });
}

type Option = (name: string) => string | undefined;

/** Flags before variables before the configuration file, as these programs read them. */
function optionsOf(
  root: RootIndex,
  { config }: Distribution,
  words: readonly string[],
  environment: ReadonlyMap<string, string>,
  program: string,
): Option {
  const flag = (name: string): string | undefined => {
    const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
    if (at < 0) return undefined;
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    return word.includes('=')
      ? word.slice(word.indexOf('=') + 1)
      : next.startsWith('-')
        ? 'true'
        : next || 'true';
  };
  const file = root.find(flag('config') ?? config);
  const [document] = file === undefined ? [] : yamlValues(root.limits.text(file));
  return (name) => {
    const variable = environment.get(`${program.toUpperCase()}_${name.toUpperCase().replaceAll('-', '_')}`);
    const written = at(document, name);
    return flag(name) ?? variable ?? (written === undefined ? undefined : String(written));
  };
}

function storesInEtcd({ isDefault }: Distribution, option: Option): boolean {
  if (option('datastore-endpoint') !== undefined) return false;
  // The others join the store of the first server, and only that one's files say which it is.
  return isDefault || option('cluster-init') === 'true' || option('server') !== undefined;
}
