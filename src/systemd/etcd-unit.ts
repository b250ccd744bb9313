import type { SystemdDirective, SystemdSection } from '../cluster-spec.js';
import { type ExecWord, escapeGlob, escapeSpecifiers, quoteExecBinary, quoteExecWord } from './quote.js';
import { assertPath } from './text.js';
import { mergeDirectives, renderUnit } from './unit.js';

/**
 * What makes a unit one member's.
 *
 * @internal
 */
export interface EtcdUnitInput {
  /** One line, taken literally. */
  readonly description?: string;
  /** The preset's with the operator's laid over them. */
  readonly directives: readonly SystemdSection[];
  readonly exec: {
    /** Absolute path. */
    readonly binary: string;
    readonly words: readonly ExecWord[];
  };
  /** Absolute path of the file with etcd's settings. */
  readonly environmentFile?: string;
  readonly user: string;
  /** Default: the group named as the user, which systemd-sysusers makes even where the user exists with another primary group. */
  readonly group?: string;
}

/** What by convention precedes the user and the command. */
const LEADING: readonly string[] = [
  'Type',
  'NotifyAccess',
  'WorkingDirectory',
  'Environment',
  'EnvironmentFile',
];

/**
 * Writes etcd's service: the directives given, with Description=, User=, Group=, EnvironmentFile= and ExecStart= in their
 * places. One that is among the directives already stands as it is, but for EnvironmentFile=, a list, where etcd's settings come
 * first and the operator's files may override them. User=root is systemd's default and not written.
 *
 * @throws {@link EtcdBundleError} for a value that a unit cannot hold
 * @internal
 */
export function renderEtcdUnit(input: EtcdUnitInput): string {
  const frame: SystemdSection[] = [{ name: 'Unit', directives: describe(input) }];
  const install = input.directives.filter(({ name }) => name === 'Install');
  const others = input.directives.filter(({ name }) => name !== 'Install');
  const service = others.find(({ name }) => name === 'Service')?.directives ?? [];
  const placed = mergeDirectives(frame, [
    { name: 'Service', directives: placeService(service, serviceDirectives(input)) },
    ...others.filter(({ name }) => name !== 'Service'),
  ]);
  return renderUnit([...placed, ...install]);
}

function describe({ description }: EtcdUnitInput): SystemdDirective[] {
  return description === undefined ? [] : [{ name: 'Description', values: [escapeSpecifiers(description)] }];
}

function serviceDirectives(input: EtcdUnitInput): SystemdDirective[] {
  const { user, group = user, environmentFile, exec } = input;
  const command = [quoteExecBinary(exec.binary), ...exec.words.map(quoteExecWord)].join(' ');
  return [
    ...(user === 'root' ? [] : [{ name: 'User', values: [escapeSpecifiers(user)] }]),
    ...(group === 'root' ? [] : [{ name: 'Group', values: [escapeSpecifiers(group)] }]),
    ...(environmentFile === undefined
      ? []
      : [{ name: 'EnvironmentFile', values: [environmentFileValue(environmentFile)] }]),
    { name: 'ExecStart', values: [command] },
  ];
}

/** EnvironmentFile= takes a shell pattern and no quotes (systemd.exec(5)). */
function environmentFileValue(path: string): string {
  assertPath(path);
  return escapeSpecifiers(escapeGlob(path));
}

function placeService(
  given: readonly SystemdDirective[],
  own: readonly SystemdDirective[],
): readonly SystemdDirective[] {
  const firstTrailing = given.findIndex(({ name }) => !LEADING.includes(name));
  const at = firstTrailing < 0 ? given.length : firstTrailing;
  const files = own.find(({ name }) => name === 'EnvironmentFile')?.values ?? [];
  const merged = given.map((directive) =>
    directive.name === 'EnvironmentFile'
      ? { ...directive, values: [...files, ...directive.values] }
      : directive,
  );
  const missing = own.filter(({ name }) => !given.some((directive) => directive.name === name));
  return [...merged.slice(0, at), ...missing, ...merged.slice(at)];
}
