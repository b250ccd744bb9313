import { clockSpan } from './clock-span.js';
import type { KnownMessage } from './known-message.js';
import type { LogLine } from './log-line.js';
import { settingStory } from './setting-story.js';

/** Fields of a line that the texts of the catalogue may name. */
const FIELDS = ['environment-variable', 'filename', 'data-dir', 'dir', 'address', 'listen-address', 'path'];
const CANDIDATE_AUTHORITY = /while trying to verify candidate authority certificate \\?"([^"\\]{1,200})/;

/**
 * What the texts of a message may name: the values of its wording, fields of the line, and what follows from both.
 *
 * @internal
 */
export function valuesOf(
  message: KnownMessage,
  found: ReadonlyMap<string, string>,
  { fields, role, segments }: LogLine,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const name of FIELDS) {
    const value = fields.get(name);
    if (value !== undefined) values.set(name, value);
  }
  for (const [name, value] of found) values.set(name, value);
  // Whatever a variable is set to may be a secret.
  const variable = values.get('environment-variable');
  if (variable !== undefined) values.set('environment-variable', variable.split('=')[0] ?? '');
  const remote = withoutPort(fields.get('remote-addr') ?? '');
  if (remote !== '') values.set('remote', remote);
  values.set('whose', whoseOf(role, remote));
  values.set('usage', usageOf(role));
  values.set('trust-flag', trustFlagOf(segments));
  const authority = CANDIDATE_AUTHORITY.exec(segments.join('\n'))?.[1];
  if (authority !== undefined) values.set('namesake', authority);
  const span = clockSpan(values.get('now') ?? '', values.get('not-before') ?? '');
  if (span !== undefined) values.set('span', span);
  for (const [name, value] of settingStory(message.id, values)) values.set(name, value);
  return values;
}

function whoseOf(role: LogLine['role'], remote: string): string {
  if (role === 'incoming')
    return remote === '' ? 'of the connecting side' : `that was presented from ${remote}`;
  return role === 'outgoing' ? 'of the side that was dialled' : 'that was presented';
}

function usageOf(role: LogLine['role']): string {
  if (role === undefined)
    return 'the required usage: clientAuth where it connects, serverAuth where it listens';
  return role === 'incoming' ? 'clientAuth' : 'serverAuth';
}

/** The listener is named from 3.5.15 and 3.6.0 on. */
function trustFlagOf([message = '']: readonly string[]): string {
  if (message.includes('peer endpoint')) return '--peer-trusted-ca-file';
  return message.includes('client endpoint')
    ? '--trusted-ca-file'
    : '--trusted-ca-file or --peer-trusted-ca-file';
}

/** A client's port is another one every time. */
function withoutPort(address: string): string {
  return address.replace(/:\d{1,5}$/, '').replace(/^\[(.*)\]$/, '$1');
}
