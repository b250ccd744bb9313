import type { EtcdVersion } from '../../cluster-spec.js';
import type { RootIndex } from '../host-root.js';
import type { Service } from '../service/service.js';
import { readArguments } from './command-line.js';
import { readConfigFile } from './config-file.js';
import { readEnvironment } from './environment.js';
import type { SettingEntry, SettingFault, Settings } from './settings.js';

/**
 * Works out what etcd would run with. A configuration file, from its flag or its variable, makes etcd ignore all other flags and
 * variables, although it still parses the flags; otherwise flags and variables together count, and one setting in both is fatal
 * (etcd `etcdmain/config.go`, parse).
 *
 * @internal
 */
export function effectiveSettings(service: Service, root: RootIndex, version: EtcdVersion): Settings {
  const settings = writtenSettings(service, root, version);
  const unknowns = service.type === 'layout' ? [] : service.unknowns;
  if (unknowns.length === 0) return settings;
  const isUnknown = ({ value }: { readonly value: string }): boolean =>
    unknowns.some((text) => value.includes(text));
  return {
    ...settings,
    unknown: [...settings.entries.values()].filter(isUnknown),
    isPartial: settings.faults.some((fault) => fault.kind === 'not-a-flag' && isUnknown(fault)),
    faults: settings.faults.filter(
      (fault) => !(isUnknown(fault) && /^(?:bad-value|not-a-flag|file-missing)$/.test(fault.kind)),
    ),
  };
}

function writtenSettings(service: Service, root: RootIndex, version: EtcdVersion): Settings {
  const { path } = service;
  if (service.type === 'layout') {
    const entries = service.settings.map(
      ({ name, value }): SettingEntry => ({ name, value, path, from: 'flag' }),
    );
    return {
      version,
      style: 'layout',
      path,
      entries: byName(entries),
      faults: [],
      unknown: [],
      isPartial: false,
    };
  }
  const command = service.originOf('ExecStart');
  const line = readArguments(service.args, version, command);
  const variable = service.environment.find(({ name }) => name === 'ETCD_CONFIG_FILE');
  const fromFlag = line.entries.findLast(({ name }) => name === 'config-file');
  const configFile = fromFlag?.value || variable?.value;
  if (configFile === undefined || configFile === '') {
    const flags = new Set(line.entries.map(({ name }) => name));
    const environment = readEnvironment(service.environment, flags, version);
    return {
      version,
      style: 'command-line',
      path: command,
      entries: byName([...environment.entries, ...line.entries]),
      faults: [...line.faults, ...environment.faults],
      unknown: [],
      isPartial: false,
    };
  }
  const place = service.hostPath(configFile);
  const file = root.find(place);
  const origin = fromFlag?.path ?? variable?.path ?? path;
  const read =
    file === undefined
      ? { entries: [], faults: [missing(configFile, origin, root.unread(place))] }
      : readConfigFile(root.limits.text(file), version, place);
  const environment = readEnvironment(service.environment, new Set(), version);
  const ignored = [...line.entries, ...environment.entries].filter(({ name }) => name !== 'config-file');
  return {
    version,
    style: 'file',
    path: file === undefined ? configFile : place,
    unknown: [],
    isPartial: false,
    entries: byName(read.entries),
    // Flags are parsed before they are ignored; what etcd itself would say of their values is not said.
    faults: [
      ...line.faults.filter(({ kind, says }) => kind !== 'bad-value' || says.startsWith('invalid ')),
      ...read.faults,
      ...ignored.map(ignoredFault),
    ],
  };
}

function byName(entries: readonly SettingEntry[]): ReadonlyMap<string, SettingEntry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}

function missing(configFile: string, path: string, unread: string | undefined): SettingFault {
  if (unread !== undefined)
    return { kind: 'file-unseen', name: 'config-file', value: configFile, path, says: unread };
  const says = `open ${configFile}: no such file or directory`;
  return { kind: 'file-missing', name: 'config-file', value: configFile, path, says };
}

function ignoredFault({ name, value, path }: SettingEntry): SettingFault {
  const says =
    'loaded server configuration, other configuration command line flags and environment variables will be ignored if provided';
  return { kind: 'ignored', name, value, path, says };
}
