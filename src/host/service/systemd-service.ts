import { parseEnvironmentFile } from '../../systemd/environment-file.js';
import { execPrefixes } from '../../systemd/exec-commands.js';
import { sandboxOf } from '../../systemd/sandbox/sandbox.js';
import { splitExecStart } from '../../systemd/unit-reader.js';
import { splitQuotedWords } from '../../systemd/words.js';
import { globTest, isGlob } from '../../text/glob.js';
import { normalizePath } from '../../text/path.js';
import { beginningOf, mentions, type RootIndex } from '../host-root.js';
import type { ProcessVariable } from '../settings/environment.js';
import { credentialSource } from './credentials.js';
import { dropIns, indexDropIns } from './drop-ins.js';
import { launch } from './launch.js';
import { type HostProcess, isMemberCommand, type MissingFile, type ProcessService } from './service.js';
import { type UnitFile, unitFiles } from './unit-files.js';
import { readUnit, type UnitText } from './unit-fragments.js';

/** Units of one host that speak of etcd. */
const MAX_UNITS = 50;
/** Of one unit. */
const MAX_DROP_INS = 200;
/** Lines of one directive of one unit that are followed. */
const MAX_LINES = 50;
/** Characters of variables; Linux starts nothing with more bytes (execve(2), "Limits on size of arguments and environment"). */
const MAX_ENVIRONMENT = 2 ** 21;
const COMMANDS: readonly string[] = ['ExecStart', 'ExecStartPre', 'ExecStartPost'];

/**
 * A unit that speaks of etcd, and what it starts.
 *
 * @internal
 */
export interface UnitReading {
  readonly path: string;
  /** Such as `etcd.service`. */
  readonly name: string;
  readonly processes: readonly HostProcess[];
}

/**
 * The units of a host that speak of etcd, each with its drop-ins, its variables and its commands resolved.
 *
 * @param units - of the host
 * @internal
 */
export function systemdUnits(root: RootIndex, units: readonly UnitFile[]): readonly UnitReading[] {
  const index = indexDropIns(root);
  const candidates = units
    .map(
      (unit): UnitFragments => ({
        unit,
        fragments: [
          unit.path,
          ...root.limits.firstOf(
            dropIns(index, [unit.name, ...unit.aliases]),
            MAX_DROP_INS,
            unit.path,
            'drop-ins',
          ),
        ],
      }),
    )
    .filter((candidate) => mentionsEtcd(root, candidate));
  return root.limits
    .firstOf(candidates, MAX_UNITS, '', 'units that speak of etcd')
    .map(({ unit, fragments }) => ({
      path: unit.path,
      name: unit.name,
      processes: unitProcesses(root, readUnit(root, unit.name, fragments)),
    }));
}

/**
 * The services of a host's units that are members.
 *
 * @internal
 */
export function systemdServices(root: RootIndex): readonly ProcessService[] {
  return systemdUnits(root, unitFiles(root)).flatMap(({ processes }) => memberServices(processes));
}

/**
 * Of processes those that are members.
 *
 * @internal
 */
export function memberServices(processes: readonly HostProcess[]): readonly ProcessService[] {
  return processes.flatMap((process) =>
    isMemberCommand(process.words) ? [{ ...process, args: process.words.slice(1), isNamed: true }] : [],
  );
}

interface UnitFragments {
  readonly unit: UnitFile;
  /** The unit file and its drop-ins, in the order in which they apply. */
  readonly fragments: readonly string[];
}

/** Most units of a host are not worth reading: those are that say etcd, or that start a script of the administrator's which does. */
function mentionsEtcd(root: RootIndex, { unit, fragments }: UnitFragments): boolean {
  if (unit.name.includes('etcd')) return true;
  return fragments.some((path) => {
    const fragment = root.files.get(path);
    const text = fragment === undefined ? '' : beginningOf(fragment);
    if (/etcd/i.test(text)) return true;
    if (!path.startsWith('/etc/')) return false;
    const scripts = text.split('\n').flatMap((line) => scriptOf(line) ?? []);
    return scripts.some((script) => {
      const file = root.find(script);
      return file !== undefined && mentions(file, 'etcd');
    });
  });
}

/** What a line of ExecStart starts, or gives to a shell. */
function scriptOf(line: string): string | undefined {
  if (!line.startsWith('ExecStart=')) return undefined;
  const [first = '', second = ''] = line.slice('ExecStart='.length).split(/[ \t]+/, 2);
  const isShell = /\/(?:ba|da)?sh$/.test(first) && second.startsWith('/');
  const command = isShell ? second : first.replace(/^[-@:+!]+/, '');
  return command.startsWith('/') ? command.split(/['"%]/, 1)[0] : undefined;
}

function unitProcesses(root: RootIndex, unit: UnitText): readonly HostProcess[] {
  const { values, path, sections, originOf } = unit;
  const { variables, missingFiles, ignoredLines } = unitEnvironment(unit, root);
  const environment = new Map([
    ['CREDENTIALS_DIRECTORY', `/run/credentials/${unit.name}`],
    ...variables.map((variable): readonly [string, string] => [variable.name, variable.value]),
  ]);
  const [user, group] = [values('User').at(-1), values('Group').at(-1)];
  const folder = values('WorkingDirectory').at(-1)?.replace(/^-/, '') ?? '';
  const sandbox = sandboxOf(sections, (wanted) => root.entry(wanted).type !== 'absent');
  const innerPath = (wanted: string): string =>
    wanted.startsWith('/') ? wanted : normalizePath(`${folder}/${wanted}`);
  return COMMANDS.flatMap((directive) =>
    root.limits.firstOf(values(directive), MAX_LINES, path, `${directive} lines`).flatMap((line) => {
      const words = splitExecStart(line, environment);
      if (words === undefined) return [];
      return launch(root, {
        type: 'unit',
        path,
        words,
        environment: variables,
        ...(user === undefined || user === '' || user === 'root' ? {} : { user }),
        ...(group === undefined || group === '' ? {} : { group }),
        sections,
        missingFiles,
        ...(ignoredLines.length === 0 ? {} : { ignoredLines }),
        ...(unit.droppedValues.length === 0 ? {} : { droppedValues: unit.droppedValues }),
        originOf: (name) => originOf(name),
        start: { unit: unit.name, prefixes: execPrefixes(line), binary: words[0] ?? '' },
        innerPath,
        hostPath: (wanted) => {
          const inner = innerPath(wanted);
          return credentialSource(sections, unit.name, inner) ?? sandbox.hostPath(inner);
        },
        hasOwnNetwork: false,
        unknowns: unit.unknowns,
        unexported: [],
      });
    }),
  );
}

/**
 * The variables that a unit sets, those of its environment files too.
 *
 * @internal
 */
export function unitEnvironment(
  { values, originOf, path: unitPath }: Pick<UnitText, 'values' | 'originOf' | 'path'>,
  root: RootIndex,
): {
  readonly variables: readonly ProcessVariable[];
  readonly missingFiles: readonly MissingFile[];
  readonly ignoredLines: readonly { readonly path: string; readonly text: string }[];
} {
  const variables = new Map<string, ProcessVariable>();
  const missingFiles: MissingFile[] = [];
  const ignoredLines: { readonly path: string; readonly text: string }[] = [];
  const assignments = values('Environment').flatMap((line) =>
    (splitQuotedWords(line) ?? []).map(({ value }) => ({
      word: value.replaceAll('%%', '%'),
      path: originOf('Environment', line),
    })),
  );
  for (const { word, path } of assignments) {
    const equals = word.indexOf('=');
    if (equals > 0)
      variables.set(word.slice(0, equals), {
        name: word.slice(0, equals),
        value: word.slice(equals + 1),
        path,
      });
  }
  let room = MAX_ENVIRONMENT;
  for (const entry of values('EnvironmentFile')) {
    const isOptional = entry.startsWith('-');
    const wanted = entry.replace(/^-/, '').replaceAll('%%', '%');
    const files = isGlob(wanted) ? matchingFiles(root, wanted) : [wanted];
    for (const name of files) {
      const file = root.find(name);
      if (file !== undefined) {
        const { variables: set, ignored } = parseEnvironmentFile(root.limits.text(file));
        for (const variable of set) {
          room -= variable.name.length + variable.value.length;
          if (room >= 0) variables.set(variable.name, { ...variable, path: name });
        }
        for (const text of ignored) ignoredLines.push({ path: name, text });
        continue;
      }
      const unread = root.unread(name);
      if (!isOptional && !name.includes('%'))
        missingFiles.push({
          path: originOf('EnvironmentFile', entry),
          wanted: name,
          named: 'EnvironmentFile',
          says: 'Failed to load environment files: No such file or directory',
          ...(unread === undefined ? {} : { unread }),
        });
    }
  }
  if (room < 0)
    root.limits.leaveOut(unitPath, `has environment files of more than ${MAX_ENVIRONMENT / 2 ** 20} MiB`);
  for (const name of values('UnsetEnvironment').flatMap((line) => line.split(/\s+/))) variables.delete(name);
  return { variables: [...variables.values()], missingFiles, ignoredLines };
}

/** The files of a pattern of glob(7), sorted as systemd reads them. */
function matchingFiles(root: RootIndex, pattern: string): readonly string[] {
  const matches = globTest(pattern);
  return [...root.files.keys()].filter(matches).sort();
}
