import { beginningOf, folderOf, mentions, type RootFile, type RootIndex } from '../host-root.js';
import type { ProcessVariable } from '../settings/environment.js';
import { type ProcessService, plainProcess } from './service.js';
import { at, MAX_YAML, yamlValues } from './yaml-value.js';

/** Where k3s and rke2 write the configuration of the etcd that they embed, below a data folder that can be moved. */
const RANCHER = /\/server\/db\/etcd\/config$/;
/** Where the snap's own etcd looks for its configuration (snapcraft.io/etcd, `bin/snap-wrap.sh`). */
const SNAP = /^\/var\/snap\/etcd\/(?:common|current)\/etcd\.conf\.ya?ml$/;
/** Flags, one a line, of MicroK8s. */
const MICROK8S = /^(\/var\/snap\/microk8s)\/([^/]+)\/args\/etcd$/;
const SETTING_KEYS: readonly string[] = [
  ...['advertise-client-urls', 'data-dir', 'initial-advertise-peer-urls', 'initial-cluster'],
  ...['listen-client-urls', 'listen-peer-urls'],
];
const SETTING_VARIABLE =
  /^[ \t]*(?:export[ \t]+)?ETCD_(?:ADVERTISE_CLIENT_URLS|DATA_DIR|INITIAL_ADVERTISE_PEER_URLS|INITIAL_CLUSTER|LISTEN_CLIENT_URLS|LISTEN_PEER_URLS|NAME)=/m;
const YAML = /\.ya?ml(?:\.conf)?$|\.conf$|\/config$/;

/**
 * The members that other programs start on their own, from a configuration at a place that is known.
 *
 * @internal
 */
export function embeddedServices(root: RootIndex): readonly ProcessService[] {
  return [...root.files].flatMap(([path, file]): readonly ProcessService[] => {
    if ((RANCHER.test(path) || SNAP.test(path)) && isSettings(root, file))
      return [service(path, [`--config-file=${path}`], [], true)];
    const [, snap = '', revision = ''] = MICROK8S.exec(path) ?? [];
    if (snap === '' || (revision !== 'current' && root.files.has(`${snap}/current/args/etcd`))) return [];
    const lines = root.limits
      .text(file)
      .replaceAll(/\$\{?SNAP_COMMON\}?/g, `${snap}/common`)
      .replaceAll(/\$\{?SNAP_DATA\}?/g, `${snap}/current`);
    return [
      service(
        path,
        lines.split(/\s+/).filter((word) => word !== ''),
        [],
        true,
      ),
    ];
  });
}

/**
 * Members made up from settings that no service names: a configuration file, or a file of variables.
 *
 * @internal
 */
export function unnamedServices(root: RootIndex): readonly ProcessService[] {
  const configurations: ProcessService[] = [];
  const environments: ProcessService[] = [];
  for (const [path, file] of root.files) {
    const isInEtc = path.startsWith('/etc/') || path.split('/').length <= 3;
    if (YAML.test(path) && isSettings(root, file))
      configurations.push(service(path, [`--config-file=${path}`], [], false));
    else if (isInEtc && !path.endsWith('.service')) {
      const text = beginningOf(file);
      if (SETTING_VARIABLE.test(text)) environments.push(service(path, [], variablesOf(text, path), false));
    }
  }
  const [configuration] = configurations;
  const [environment] = environments;
  if (configuration !== undefined) return distinctFolders(configurations);
  return environment === undefined ? [] : distinctFolders(environments);
}

/** Of several files of one folder only those count that are not copies and examples. */
function distinctFolders(found: readonly ProcessService[]): readonly ProcessService[] {
  const own = found.filter(
    ({ path }) => !/(?:example|sample|\.bak|\.orig|\.rpmnew|\.dpkg|\.old|~)/.test(path),
  );
  const kept = own.length > 0 ? own : found;
  const first = new Map<string, ProcessService>();
  for (const one of kept) if (!first.has(folderOf(one.path))) first.set(folderOf(one.path), one);
  return [...first.values()];
}

function isSettings(root: RootIndex, file: RootFile): boolean {
  if (!SETTING_KEYS.some((key) => mentions(file, key))) return false;
  return yamlValues(root.limits.text(file, MAX_YAML)).some(
    (document) =>
      at(document, 'kind') === undefined &&
      SETTING_KEYS.filter((key) => at(document, key) !== undefined).length >= 2,
  );
}

function variablesOf(text: string, path: string): readonly ProcessVariable[] {
  return text.split('\n').flatMap((line) => {
    const [, name, rest = ''] = /^(?:export\s+)?(ETCD_\w+)=(.*)$/s.exec(line.trim()) ?? [];
    const value = rest.trim();
    const [, , quoted] = /^(["'])(.*)\1$/.exec(value) ?? [];
    return name === undefined ? [] : [{ name, value: quoted ?? value, path }];
  });
}

function service(
  path: string,
  args: readonly string[],
  environment: readonly ProcessVariable[],
  isNamed: boolean,
): ProcessService {
  return { ...plainProcess('embedded', path, ['etcd', ...args]), environment, args, isNamed };
}
