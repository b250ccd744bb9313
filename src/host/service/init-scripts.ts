import { splitQuotedWords } from '../../systemd/words.js';
import { normalizePath } from '../../text/path.js';
import { folderOf, mentions, type RootIndex } from '../host-root.js';
import { launch, MAX_SCRIPT } from './launch.js';
import { type HostProcess, plainProcess } from './service.js';

/** SysV's, runit's and s6's scripts, and what runs at boot. */
const INIT =
  /^\/etc\/(?:init\.d\/[^/]+|rc\.local|rc\.d\/[^/]+|(?:sv|service|runit\/[^/]+|s6\/[^/]+|services\.d|s6-overlay\/s6-rc\.d|s6-rc\/[^/]+)\/[^/]+\/run)$/;
/** What OpenRC itself runs (openrc-run(8)), and where it reads variables first. */
const OPENRC = /^#!\s*\/sbin\/(?:openrc-run|runscript)\b/;
const UPSTART = /^\/etc\/init\/[^/]+\.conf$/;
const SUPERVISOR =
  /^\/etc\/supervisor(?:d|\/conf\.d)?(?:\.conf|\/[^/]+\.(?:conf|ini))$|^\/etc\/supervisord\.d\/[^/]+$/;
const SCRIPT = /\.(?:sh|bash)$/;
/** One command a line, behind a name (goreman, foreman). */
const PROCFILE = /\/Procfile(?:\.[\w-]+)?$/;
/** runit and s6 run it in its own folder (runsv(8), s6-supervise). */
const SUPERVISED = /^\/etc\/.*\/run$/;
const MAX_SCRIPTS = 50;

/**
 * A script that speaks of etcd, and what it starts.
 *
 * @internal
 */
export interface ScriptReading {
  readonly path: string;
  readonly processes: readonly HostProcess[];
}

/**
 * What other init systems than systemd start.
 *
 * @internal
 */
export function initScripts(root: RootIndex): readonly ScriptReading[] {
  return readings(root, (path) => INIT.test(path) || UPSTART.test(path) || SUPERVISOR.test(path));
}

/**
 * Scripts that lie around, named by nothing.
 *
 * @internal
 */
export function looseScripts(root: RootIndex): readonly ScriptReading[] {
  return readings(root, (path) => SCRIPT.test(path) || PROCFILE.test(path));
}

function readings(root: RootIndex, isWanted: (path: string) => boolean): readonly ScriptReading[] {
  const found = [...root.files].filter(([path, file]) => isWanted(path) && mentions(file, 'etcd'));
  return root.limits.firstOf(found, MAX_SCRIPTS, '', 'scripts that speak of etcd').map(([path, file]) => ({
    path,
    processes: SUPERVISOR.test(path)
      ? supervised(root, path, root.limits.text(file))
      : PROCFILE.test(path)
        ? listed(root, path, root.limits.text(file, MAX_SCRIPT))
        : shellProcesses(root, path, root.limits.text(file, MAX_SCRIPT)),
  }));
}

/** The commands of a Procfile, each in its folder. */
function listed(root: RootIndex, path: string, text: string): readonly HostProcess[] {
  return text.split('\n').flatMap((line) => {
    const command = /^[\w-]+:(.+)$/.exec(line)?.[1]?.trim() ?? '';
    return command === '' ? [] : launch(root, inFolder(path, ['/bin/sh', '-c', command]));
  });
}

/** A command that runs in the folder of the file that names it. */
function inFolder(path: string, words: readonly string[]): HostProcess {
  const innerPath = (wanted: string): string =>
    wanted.startsWith('/') ? wanted : normalizePath(`${folderOf(path)}/${wanted}`);
  return { ...plainProcess('embedded', path, words), innerPath, hostPath: innerPath };
}

function shellProcesses(root: RootIndex, path: string, text: string): readonly HostProcess[] {
  if (SUPERVISED.test(path)) return launch(root, inFolder(path, ['/bin/sh', '-c', text]));
  if (!OPENRC.test(text)) return launch(root, plainProcess('embedded', path, ['/bin/sh', '-c', text]));
  const variables = root.find(path.replace('/init.d/', '/conf.d/'));
  const script = [
    variables === undefined ? '' : root.limits.text(variables, MAX_SCRIPT),
    text,
    '$command $command_args',
  ].join('\n');
  const user = /^[ \t]*command_user=["']?([\w-]+)/m.exec(text)?.[1];
  return launch(root, {
    ...plainProcess('embedded', path, ['/bin/sh', '-c', script]),
    ...(user === undefined || user === 'root' ? {} : { user }),
  });
}

/** `command=` and `environment=` of each program (supervisord, "[program:x] Section Settings"). */
function supervised(root: RootIndex, path: string, text: string): readonly HostProcess[] {
  return text.split(/^\[/m).flatMap((section) => {
    const values = new Map(
      section
        .replace(/\n[ \t]+/g, ' ')
        .split('\n')
        .flatMap((line): readonly (readonly [string, string])[] => {
          const [, name, value] = /^(\w+)\s*=(.*)$/s.exec(line) ?? [];
          return name === undefined || value === undefined ? [] : [[name, value.trim()]];
        }),
    );
    const words = (splitQuotedWords(values.get('command') ?? '') ?? []).map(({ value }) => value);
    if (words.length === 0) return [];
    const environment = [
      ...(values.get('environment') ?? '').matchAll(/(?<!\w)(\w+)=(?:"([^"]*)"|'([^']*)'|([^,]*))/g),
    ].map(([, name = '', double, single, bare]) => ({ name, value: double ?? single ?? bare ?? '', path }));
    const user = values.get('user');
    return launch(root, {
      ...plainProcess('embedded', path, words),
      environment,
      ...(user === undefined || user === 'root' ? {} : { user }),
    });
  });
}
