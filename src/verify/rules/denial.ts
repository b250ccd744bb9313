import type { Access, Reach } from '../../host/account/access.js';
import type { MemberView } from '../../host/member-view.js';
import { octal } from '../../text/octal.js';
import { shellWord } from '../../text/shell-word.js';
import type { Fault } from '../finding.js';

const DEED = { enter: 'enter', read: 'read', write: 'write', execute: 'execute' } as const;

/**
 * What is said where an account may not reach something.
 *
 * @param wanted - the path that etcd wants to reach in the end
 * @internal
 */
export function denial(
  { label, service }: MemberView,
  { identity, isOpen, stateOf }: Access,
  { at, need }: Extract<Reach, { readonly type: 'denied' }>,
  wanted: string,
  etcdSays: string,
): Fault {
  const kind = at.type === 'directory' ? 'a folder' : 'a file';
  const mode = octal(at.mode ?? 0);
  const why = at.path === wanted || stateOf(wanted).type === 'absent' ? '' : ` on the way to ${wanted}`;
  const unless = isOpen ? ' unless a command of ExecStartPre changes that' : '';
  const group = service.type === 'layout' ? undefined : service.group;
  return {
    level: isOpen ? 'warning' : 'error',
    member: label,
    path: at.path,
    message: `The unit runs etcd as ${identity.name}, which may not ${DEED[need]} ${kind} of ${at.user}:${at.group} with mode ${mode}${why}${unless}.`,
    cure: cureOf(at, need, identity.isRoot ? 'root' : identity.name, group ?? identity.name),
    etcdSays,
  };
}

function cureOf(
  { path, type }: Extract<Reach, { readonly type: 'denied' }>['at'],
  need: Extract<Reach, { readonly type: 'denied' }>['need'],
  user: string,
  group: string,
): string {
  const word = shellWord(path);
  if (need === 'write')
    return `chown ${shellWord(`${user}:${group}`)} ${word} && chmod ${type === 'directory' ? '0700' : '0600'} ${word}`;
  return `chown ${shellWord(`root:${group}`)} ${word} && chmod ${type === 'directory' ? '0750' : '0640'} ${word}`;
}

/**
 * What is said where owners are not told, as in a copy that an ordinary user made.
 *
 * @internal
 */
export function notJudged(member: string, { identity }: Access, path: string): Fault {
  return {
    level: 'notice',
    member,
    path: '',
    message: `Whether ${identity.name} may reach ${path} was not judged: the files do not tell whose it is.`,
    cure: 'Read the host as root, or give a tarball made by root.',
  };
}
