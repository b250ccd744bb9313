import { splitQuotedWords } from '../../systemd/words.js';
import type { RootIndex } from '../host-root.js';
import { configurationFiles } from './configuration-files.js';

/**
 * A user of a host as its files tell, each by all that it is called: its name and, where one is known, its number.
 *
 * @internal
 */
export interface Account {
  readonly names: readonly string[];
  /** The primary group. */
  readonly group: readonly string[];
}

/** @internal */
export interface Accounts {
  /** By name or number; undefined where the host has no such user. */
  readonly user: (name: string) => Account | undefined;
  /** By name or number: its name and number; undefined where the host has no such group. */
  readonly group: (name: string) => readonly string[] | undefined;
  /** Names and numbers of the groups that list a user. */
  readonly groupsOf: (user: string) => readonly string[];
}

interface GroupLine {
  readonly names: readonly string[];
  readonly members: readonly string[];
}

const known = new WeakMap<RootIndex, Accounts>();

/**
 * The accounts of a host: passwd(5), group(5), and what systemd-sysusers makes at boot (sysusers.d(5)).
 *
 * @internal
 */
export function accountsOf(root: RootIndex): Accounts {
  const accounts = known.get(root) ?? readAccounts(root);
  known.set(root, accounts);
  return accounts;
}

function readAccounts(root: RootIndex): Accounts {
  const groups: GroupLine[] = fields(root, '/etc/group').map(([name = '', , id = '', members = '']) => ({
    names: called(name, id),
    members: members.split(','),
  }));
  const users: Account[] = fields(root, '/etc/passwd').map(([name = '', , id = '', group = '']) => ({
    names: called(name, id),
    group: groups.find(({ names }) => names.includes(group))?.names ?? [group],
  }));
  const group = (name: string): GroupLine | undefined => groups.find(({ names }) => names.includes(name));
  for (const [type = '', name = '', id = '-'] of sysusersLines(root)) {
    const [number = '-', own = name] = id.split(':');
    if (/^[ug]/.test(type) && group(own) === undefined && (own === name || /^g/.test(type)))
      groups.push({ names: called(name, number), members: [] });
    if (type.startsWith('u') && !users.some(({ names }) => names.includes(name)))
      users.push({ names: called(name, number), group: group(own)?.names ?? [own] });
    if (type === 'm') groups.push({ names: group(id)?.names ?? [id], members: [name] });
  }
  const root0: Account = { names: ['root', '0'], group: ['root', '0'] };
  return {
    user: (name) =>
      users.find(({ names }) => names.includes(name)) ?? (root0.names.includes(name) ? root0 : undefined),
    group: (name) => group(name)?.names ?? (root0.names.includes(name) ? root0.names : undefined),
    groupsOf: (user) => groups.flatMap(({ names, members }) => (members.includes(user) ? names : [])),
  };
}

function called(name: string, id: string): readonly string[] {
  return /^\d+$/.test(id) ? [name, id] : [name];
}

/** Bytes of passwd(5) and group(5), where the last account counts as much as the first. */
const MAX_ACCOUNTS = 2 ** 20;

function fields(root: RootIndex, path: string): readonly (readonly string[])[] {
  const file = root.files.get(path);
  if (file === undefined) return [];
  return root.limits
    .text(file, MAX_ACCOUNTS)
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([name = '']) => name !== '');
}

function sysusersLines(root: RootIndex): readonly (readonly string[])[] {
  return configurationFiles(root, 'sysusers.d').flatMap(({ file }) =>
    root.limits
      .text(file)
      .split('\n')
      .filter((line) => !/^\s*(?:#|$)/.test(line))
      .map((line) => (splitQuotedWords(line) ?? []).map(({ value }) => value)),
  );
}
