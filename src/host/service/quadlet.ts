import { splitQuotedWords } from '../../systemd/words.js';
import { baseName, normalizePath } from '../../text/path.js';
import { containerOptions, readContainerOptions } from '../container/container-options.js';
import { folderOf, type RootIndex } from '../host-root.js';
import { inContainer, launch } from './launch.js';
import type { HostProcess } from './service.js';
import { type PodReading, podReadings } from './static-pod.js';
import { readUnit, type UnitText, unitText } from './unit-fragments.js';

/** Where podman looks for them (podman-systemd.unit(5)). */
const QUADLET =
  /^\/(?:(?:etc|run|usr\/share)\/containers\/systemd|(?:home\/[^/]+|root)\/\.config\/containers\/systemd)\/(?:[^/]+\/)*([^/]+\.(?:container|kube))$/;
const MAX_QUADLETS = 50;

/**
 * A podman quadlet, and what its container starts.
 *
 * @internal
 */
export interface QuadletReading {
  readonly path: string;
  readonly image: string;
  readonly processes: readonly HostProcess[];
}

/**
 * The quadlets of a host, `.container` and `.kube`.
 *
 * @internal
 */
export function quadlets(root: RootIndex): readonly QuadletReading[] {
  const all = [...root.files.keys()].filter((path) => QUADLET.test(path));
  const found = root.limits.firstOf(all, MAX_QUADLETS, '', 'quadlets');
  const instances = new Set(
    found.flatMap((path) => instanceStem(path) ?? []).map((stem) => `${stem}.container`),
  );
  return found.flatMap((path): readonly QuadletReading[] => {
    if (instances.has(path)) return [];
    const fragments = [path, ...quadletDropIns(root, path)];
    const name = instanceName(root, baseName(path), fragments);
    if (name.endsWith('.kube')) return kubePods(root, readUnit(root, name, fragments, 'Kube'));
    const unit = readUnit(root, name, fragments, 'Container');
    const image = imageOf(root, unit);
    return [{ path, image, processes: containerProcesses(root, unit, image) }];
  });
}

function containerProcesses(root: RootIndex, unit: UnitText, image: string): readonly HostProcess[] {
  const { values, path, originOf } = unit;
  const base = folderOf(path);
  const last = (directive: string): readonly string[] => values(directive).slice(-1);
  const words = (directive: string): readonly string[] =>
    values(directive).flatMap((line) => (splitQuotedWords(line) ?? []).map(({ value }) => value));
  const own = (name: string, directive: string): readonly (readonly [string, string])[] =>
    last(directive).map((value) => [name, value]);
  const given = [
    ...own('name', 'ContainerName'),
    ...values('Network').map((value): readonly [string, string] => ['network', value]),
    ...own('entrypoint', 'Entrypoint'),
    ...own('workdir', 'WorkingDir'),
    ...own('hostname', 'HostName'),
    ...userOf(last('User')[0], last('Group')[0]),
    ...words('Environment').map((value): readonly [string, string] => ['env', value]),
    ...values('EnvironmentFile').map((value): readonly [string, string] => [
      'env-file',
      value.startsWith('/') ? value : normalizePath(`${base}/${value}`),
    ]),
    ...values('Volume').map((value): readonly [string, string] => ['volume', value]),
    ...values('Mount').map((value): readonly [string, string] => ['mount', value]),
    ...values('Tmpfs').map((value): readonly [string, string] => ['tmpfs', value]),
  ];
  const [line = ''] = last('Exec');
  const command = (splitQuotedWords(line) ?? []).map(({ value }) => value.replaceAll('%%', '%'));
  const described = containerOptions(given, 'podman', base, image, command);
  const further = readContainerOptions(words('PodmanArgs'), 'podman');
  const service = readUnit(root, baseName(path), [path], 'Service');
  const outer: HostProcess = {
    type: 'container',
    path,
    words: [],
    environment: [],
    sections: service.sections,
    missingFiles: [],
    originOf: (directive) => originOf(directive === 'ExecStart' ? 'Exec' : directive),
    hostPath: (wanted) => wanted,
    hasOwnNetwork: true,
    unknowns: unit.unknowns,
    unexported: [],
  };
  return launch(
    root,
    inContainer(root, outer, {
      ...described,
      ...(described.network === undefined && further.network !== undefined
        ? { network: further.network }
        : {}),
      environment: [...described.environment, ...further.environment],
      environmentFiles: [...described.environmentFiles, ...further.environmentFiles],
      mounts: [...described.mounts, ...further.mounts],
    }),
  );
}

function userOf(user: string | undefined, group: string | undefined): readonly (readonly [string, string])[] {
  return user === undefined ? [] : [['user', group === undefined ? user : `${user}:${group}`]];
}

/** `Image=` may name a unit that pulls it. */
function imageOf(root: RootIndex, { values, path }: UnitText): string {
  const image = values('Image').at(-1) ?? '';
  if (!image.endsWith('.image')) return image;
  const unit = normalizePath(`${folderOf(path)}/${image}`);
  return readUnit(root, image, [unit], 'Image').values('Image').at(-1) ?? image;
}

function kubePods(root: RootIndex, { values, path }: UnitText): readonly PodReading[] {
  return values('Yaml').flatMap((name) =>
    podReadings(root, name.startsWith('/') ? name : normalizePath(`${folderOf(path)}/${name}`)),
  );
}

function quadletDropIns(root: RootIndex, path: string): readonly string[] {
  const folders = [`${path}.d/`, `${templateOf(path)}.d/`];
  return [...root.files.keys()]
    .filter((file) => folders.some((folder) => file.startsWith(folder)) && file.endsWith('.conf'))
    .filter((file) => unitText(root, file) !== '')
    .sort();
}

const SUFFIX = '.container';

/** A template is started as the instance that it says itself (podman-systemd.unit(5), "Template files"). */
function instanceName(root: RootIndex, name: string, fragments: readonly string[]): string {
  if (!name.endsWith(`@${SUFFIX}`)) return name;
  const instance = readUnit(root, name, fragments, 'Install').values('DefaultInstance').at(-1) ?? '';
  return `${name.slice(0, -SUFFIX.length)}${instance}${SUFFIX}`;
}

/** Up to the `@` of an instance; undefined of what is none. */
function instanceStem(path: string): string | undefined {
  const at = path.lastIndexOf('@', path.length - SUFFIX.length - 2);
  return path.endsWith(SUFFIX) && at >= 0 ? path.slice(0, at + 1) : undefined;
}

function templateOf(path: string): string {
  const at = path.indexOf('@', path.lastIndexOf('/') + 1);
  return at >= 0 && path.endsWith(SUFFIX) ? `${path.slice(0, at + 1)}${SUFFIX}` : path;
}
