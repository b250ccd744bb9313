import { containerVariables, environmentFileLines } from '../container/container-environment.js';
import { type ContainerOptions, engineCall, readContainerOptions } from '../container/container-options.js';
import { imageTag, imageVariables, isEtcdImage } from '../container/etcd-image.js';
import { mountedPath, mountOf } from '../container/mounts.js';
import type { RootIndex } from '../host-root.js';
import type { ProcessVariable } from '../settings/environment.js';
import { runScript, type ScriptHost, type ShellVariable } from '../shell/run-script.js';
import { withoutPrefixes } from './command-prefix.js';
import { type HostProcess, isEtcdBinary, type MissingFile } from './service.js';

const SHELL = /(?:^|\/)(?:ba|da|a|k|z)?sh$/;
const SHEBANG = /^#!\s*\S*(?:\/|\s)(?:ba|da|a|k|z)?sh\b/;
const WRAPPER = /(?:^|\/)etcd-wrapper$/;
/** Flags that no other program has. */
const OWN_FLAG = /^--?(?:initial-advertise-peer-urls|listen-peer-urls|initial-cluster)(?:=|$)/;
/** Programs that start one another. */
const MAX_LEVEL = 6;
/**
 * Bytes of a script.
 *
 * @internal
 */
export const MAX_SCRIPT = 65_536;

/**
 * Follows a command to what runs in the end: past `env` and `sudo`, into scripts, and into containers. A script may start several.
 *
 * @internal
 */
export function launch(root: RootIndex, process: HostProcess, level = 0): readonly HostProcess[] {
  if (!root.limits.takeCommand(process.path)) return [];
  const { words, assignments, user } = withoutPrefixes(process.words);
  const bare: HostProcess = {
    ...process,
    words,
    environment: containerVariables(
      [...process.environment.map(lineOf), ...assignments.map((text) => ({ text, path: process.path }))],
      [],
    ),
    ...(user === undefined ? {} : { user }),
  };
  const [program = ''] = words;
  if (level >= MAX_LEVEL || program === '') return [bare];
  const script = scriptOf(root, bare);
  if (script !== undefined) return inScript(root, bare, script, level);
  if (isEtcdBinary(program)) return [bare];
  if (WRAPPER.test(program)) return [wrapped(bare)];
  const call = engineCall(words);
  if (call === undefined) return [bare];
  return launch(root, inContainer(root, bare, readContainerOptions(call.rest, call.engine)), level + 1);
}

function lineOf({ name, value, path }: ProcessVariable): { readonly text: string; readonly path: string } {
  return { text: `${name}=${value}`, path };
}

interface Script {
  readonly text: string;
  readonly path: string;
  readonly args: readonly string[];
}

/** The script of `sh -c`, of `su -c`, of `sh file`, or of a file that begins with `#!/bin/sh`. */
function scriptOf(root: RootIndex, { words, path, hostPath, isMounted }: HostProcess): Script | undefined {
  const [program = '', ...rest] = words;
  const isSu = /(?:^|\/)(?:su|runuser)$/.test(program);
  const file = (name: string, args: readonly string[]): Script | undefined => {
    // What is not mounted is the image's own.
    const found = isMounted?.(name) === false ? undefined : root.find(hostPath(name));
    return found === undefined
      ? undefined
      : { text: root.limits.text(found, MAX_SCRIPT), path: hostPath(name), args };
  };
  if (SHELL.test(program) || isSu) {
    const option = rest.findIndex((word) => /^-[a-z]*c$/.test(word) || word === '--command');
    if (option >= 0) return { text: rest[option + 1] ?? '', path, args: rest.slice(option + 3) };
    const start = rest.findIndex((word) => !word.startsWith('-'));
    return isSu || start < 0 ? undefined : file(rest[start] ?? '', rest.slice(start + 1));
  }
  const script = program.startsWith('/') ? file(program, rest) : undefined;
  return script !== undefined && SHEBANG.test(script.text.slice(0, 256)) ? script : undefined;
}

function inScript(
  root: RootIndex,
  process: HostProcess,
  { text, path, args }: Script,
  level: number,
): readonly HostProcess[] {
  const read = (name: string): string | undefined => {
    const place = placeOf(process, name);
    const file = place === undefined ? undefined : root.find(place);
    return file === undefined ? undefined : root.limits.text(file, MAX_SCRIPT);
  };
  const hostName = read('/etc/hostname')?.trim();
  const host: ScriptHost = { read, hostName: hostName === '' ? undefined : hostName };
  const environment = new Map(
    process.environment.map(({ name, value, path: from }): [string, ShellVariable] => [
      name,
      { value, path: from, isExported: true },
    ]),
  );
  return runScript(text, path, environment, args, host).flatMap(({ words, variables, unknowns }) => {
    const all = [...variables].map(([name, { value, path: from, isExported }]) => ({
      variable: { name, value, path: placeOf(process, from) ?? path },
      isExported,
    }));
    const own = all.flatMap(({ variable, isExported }) => (isExported ? [variable] : []));
    const unexported = all.flatMap(({ variable, isExported }) => (isExported ? [] : [variable]));
    const command: HostProcess = {
      ...process,
      path: path === process.path ? process.path : path,
      originOf: path === process.path ? process.originOf : () => path,
      words,
      environment: own,
      unknowns: [...process.unknowns, ...unknowns],
      unexported,
    };
    return launch(root, command, level + 1);
  });
}

/** Where a file lies that a script names with a folder; without one a shell looks for it along PATH. */
function placeOf({ hostPath }: HostProcess, name: string): string | undefined {
  const place = name.includes('/') ? hostPath(name) : '';
  return place.startsWith('/') ? place : undefined;
}

/** CoreOS's and Flatcar's script, which gives its words to etcd in a container that has its variables too. */
function wrapped(process: HostProcess): HostProcess {
  const variable = (name: string): string | undefined =>
    process.environment.find((candidate) => candidate.name === name)?.value;
  const image = variable('ETCD_IMAGE') ?? `quay.io/coreos/etcd:${variable('ETCD_IMAGE_TAG') ?? ''}`;
  const folder = variable('ETCD_SSL_DIR');
  const mounts = folder === undefined ? [] : [{ from: folder, to: '/etc/ssl/certs' }];
  const own = [
    'ETCD_IMAGE',
    'ETCD_IMAGE_TAG',
    'ETCD_IMAGE_URL',
    'ETCD_IMAGE_ARGS',
    'ETCD_USER',
    'ETCD_SSL_DIR',
  ];
  return {
    ...process,
    type: 'container',
    words: ['etcd', ...process.words.slice(1)],
    environment: process.environment.filter(({ name }) => !own.includes(name) && name !== 'ETCD_OPTS'),
    hostPath: (path) => mountedPath(mounts, path),
    ...(imageTag(image) === undefined ? {} : { image }),
  };
}

/**
 * What runs in a container: its entrypoint and command, or what its image starts. etcd's images start etcd.
 *
 * @internal
 */
export function inContainer(root: RootIndex, outer: HostProcess, options: ContainerOptions): HostProcess {
  const { image, command, entrypoint, mounts, environment, environmentFiles, user, workdir } = options;
  const missingFiles: MissingFile[] = [];
  const lines = environmentFiles.flatMap((name) => {
    const wanted = outer.hostPath(name);
    const file = root.find(wanted);
    const unread = file === undefined ? root.unread(wanted) : undefined;
    if (file === undefined)
      missingFiles.push({
        path: outer.path,
        wanted,
        named: '--env-file',
        says: `open ${wanted}: no such file or directory`,
        ...(unread === undefined ? {} : { unread }),
      });
    return file === undefined
      ? []
      : environmentFileLines(root.limits.text(file)).map((text) => ({ text, path: wanted }));
  });
  const own = environment.map((text) => ({ text, path: outer.originOf('ExecStart') }));
  const isEtcds = isEtcdImage(image) || command.some((word) => OWN_FLAG.test(word));
  const isImplied = isEtcds && entrypoint === undefined && (command[0] ?? '-').startsWith('-');
  const words = [
    ...(entrypoint === undefined ? [] : [entrypoint]),
    ...(isImplied ? ['etcd'] : []),
    ...command,
  ];
  const [account, group] = (user ?? '').split(':');
  const { user: _user, group: _group, ...rest } = outer;
  const absolute = (path: string): string => (path.startsWith('/') ? path : `${workdir ?? ''}/${path}`);
  return {
    ...rest,
    type: 'container',
    words,
    environment: containerVariables(
      [...imageVariables(image).map((text) => ({ text, path: outer.path })), ...lines, ...own],
      outer.environment,
    ),
    missingFiles: [...outer.missingFiles, ...missingFiles],
    image,
    hostPath: (path) => outer.hostPath(mountedPath(mounts, absolute(path))),
    isMounted: (path) => mountOf(mounts, absolute(path)) !== undefined,
    hasOwnNetwork: options.network !== 'host',
    unexported: [],
    ...(account === undefined || ['', '0', 'root'].includes(account) ? {} : { user: account }),
    ...(group === undefined || group === '' ? {} : { group }),
  };
}
