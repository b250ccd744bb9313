import type { SystemdSection } from '../../cluster-spec.js';
import { parseEnvironmentFile } from '../../systemd/environment-file.js';
import { effectiveValues, parseUnit, splitExecStart } from '../../systemd/unit-reader.js';
import { splitQuotedWords } from '../../systemd/words.js';
import { normalizePath } from '../../text/path.js';
import { type RootIndex, textOf } from '../host-root.js';
import type { ProcessVariable } from '../settings/environment.js';
import { dropIns, indexDropIns } from './drop-ins.js';
import { isEtcdBinary, type MissingFile, type ProcessService } from './service.js';
import { type UnitFile, unitFiles } from './unit-files.js';

/** Units of one host that speak of etcd. */
const MAX_UNITS = 50;

/**
 * The services of a host that start etcd, each with its drop-ins, its variables and its arguments resolved.
 *
 * @internal
 */
export function systemdServices(root: RootIndex): readonly ProcessService[] {
  const index = indexDropIns(root);
  const candidates = unitFiles(root)
    .map(
      (unit): UnitFragments => ({
        unit,
        fragments: [unit.path, ...dropIns(index, [unit.name, ...unit.aliases])],
      }),
    )
    .filter(({ fragments }) => mentionsEtcd(root, fragments));
  return candidates.slice(0, MAX_UNITS).flatMap((candidate) => readService(root, candidate) ?? []);
}

interface UnitFragments {
  readonly unit: UnitFile;
  /** The unit file and its drop-ins, in the order in which they apply. */
  readonly fragments: readonly string[];
}

/** Most units of a host are not worth reading. */
function mentionsEtcd(root: RootIndex, fragments: readonly string[]): boolean {
  return fragments.some((path) => unitText(root, path).includes('etcd'));
}

function readService(
  root: RootIndex,
  { unit: { path, name }, fragments }: UnitFragments,
): ProcessService | undefined {
  const sections = parseUnit(fragments.map((file) => unitText(root, file)).join('\n\n'));
  const specifiers = specifiersOf(root, name);
  const values = (directive: string): readonly string[] =>
    directiveValues(sections, directive).map((value) => resolve(value, specifiers));
  const read = fragments.map((file) => ({ file, sections: parseUnit(unitText(root, file)) }));
  const originOf = (directive: string, value?: string): string =>
    read.findLast((fragment) => {
      const own = directiveValues(fragment.sections, directive);
      return value === undefined
        ? own.length > 0
        : own.some((candidate) => resolve(candidate, specifiers) === value);
    })?.file ?? path;
  const { variables, missingFiles } = environmentOf(values, root, originOf);
  const environment = new Map(variables.map((variable) => [variable.name, variable.value]));
  const command = values('ExecStart')
    .map((line) => etcdCommand(splitExecStart(line, environment)))
    .find((words) => words !== undefined);
  if (command === undefined) return undefined;
  const [user, group] = [values('User').at(-1), values('Group').at(-1)];
  return {
    type: 'unit',
    path,
    args: command.slice(1),
    environment: variables,
    ...(user === undefined || user === '' || user === 'root' ? {} : { user }),
    ...(group === undefined || group === '' ? {} : { group }),
    sections,
    missingFiles,
    originOf: (directive) => originOf(directive),
    hostPath: (wanted) =>
      wanted.startsWith('/') ? wanted : normalizePath(`${values('WorkingDirectory').at(-1) ?? ''}/${wanted}`),
  };
}

/**
 * Values of a directive of the section Service, after its last reset.
 *
 * @internal
 */
export function directiveValues(sections: readonly SystemdSection[], name: string): readonly string[] {
  const directive = sections
    .find((section) => section.name === 'Service')
    ?.directives.find((candidate) => candidate.name === name);
  return directive === undefined ? [] : effectiveValues(directive);
}

function unitText(root: RootIndex, path: string): string {
  const file = root.files.get(path);
  return file === undefined ? '' : textOf(file);
}

function environmentOf(
  values: (directive: string) => readonly string[],
  root: RootIndex,
  originOf: (directive: string, value: string) => string,
): { readonly variables: readonly ProcessVariable[]; readonly missingFiles: ProcessService['missingFiles'] } {
  const variables = new Map<string, ProcessVariable>();
  const missingFiles: MissingFile[] = [];
  const assignments = values('Environment').flatMap((line) =>
    (splitQuotedWords(line) ?? []).map(({ value }) => ({ word: value, path: originOf('Environment', line) })),
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
  for (const entry of values('EnvironmentFile')) {
    const isOptional = entry.startsWith('-');
    const wanted = entry.replace(/^-/, '').replaceAll('%%', '%');
    const file = root.find(wanted);
    if (file === undefined) {
      const unread = root.unread(wanted);
      if (!isOptional && !/[*?[%]/.test(wanted))
        missingFiles.push({
          path: originOf('EnvironmentFile', entry),
          wanted,
          ...(unread === undefined ? {} : { unread }),
        });
      continue;
    }
    for (const { name, value } of parseEnvironmentFile(textOf(file)).variables)
      variables.set(name, { name, value, path: wanted });
  }
  for (const name of values('UnsetEnvironment').flatMap((line) => line.split(/\s+/))) variables.delete(name);
  return { variables: [...variables.values()], missingFiles };
}

/** etcd itself, or etcd behind `sh -c`. */
function etcdCommand(words: readonly string[] | undefined): readonly string[] | undefined {
  const [binary = '', ...rest] = words ?? [];
  if (isEtcdBinary(binary)) return words;
  if (!/(?:^|\/)(?:ba|da)?sh$/.test(binary)) return undefined;
  const script = rest[rest.findIndex((word) => /^-[a-z]*c$/.test(word)) + 1];
  const inner = (splitQuotedWords(script ?? '') ?? []).map(({ value }) => value);
  const start = inner.findIndex(isEtcdBinary);
  if (start < 0) return undefined;
  const end = inner.findIndex((word, index) => index > start && /^(?:;|&&|\|\|?|&|\d?>.*)$/.test(word));
  return inner.slice(start, end < 0 ? undefined : end);
}

/** The specifiers of systemd.unit(5) that the files of a host can tell. */
function specifiersOf(root: RootIndex, unit: string): ReadonlyMap<string, string> {
  const name = unit.replace(/\.service$/, '');
  const [prefix = '', instance = ''] = name.split('@');
  const specifiers = new Map([
    ['n', unit],
    ['N', name],
    ['p', prefix],
    ['i', instance],
    ['I', instance],
  ]);
  const firstLine = (path: string): string =>
    (textOf(root.files.get(path) ?? { path, bytes: new Uint8Array() }, 256).split('\n')[0] ?? '').trim();
  const hostname = firstLine('/etc/hostname');
  const machine = firstLine('/etc/machine-id');
  if (hostname !== '') specifiers.set('H', hostname).set('l', hostname.split('.')[0] ?? '');
  if (machine !== '') specifiers.set('m', machine);
  return specifiers;
}

function resolve(value: string, specifiers: ReadonlyMap<string, string>): string {
  return value.replace(/%(.)/g, (whole, letter: string) =>
    letter === '%' ? whole : (specifiers.get(letter) ?? whole),
  );
}
