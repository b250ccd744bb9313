import { escapeSpecifiers, quotePath } from './quote.js';
import { refuse } from './text.js';

/**
 * The account that a service runs under.
 *
 * @internal
 */
export interface ServiceAccount {
  readonly user: string;
  /** Default: a group named as the user. */
  readonly group?: string;
  /** Numbers of the accounts; absent: the host's next ones. A group that is named as the user gets the user's, where it has none. */
  readonly uid?: number;
  readonly gid?: number;
  /** One line, taken literally; passwd(5) keeps it without colons. */
  readonly description: string;
  /** Where the account is at home: etcd's data directory, as in etcd's own sysusers.d file. */
  readonly home: string;
}

const ACCOUNT_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,30}$/;

/**
 * Writes the sysusers.d(5) lines that make the account where it does not exist. One that exists stays as it is, and gets a group
 * of its name; root and its group always exist and get no line.
 *
 * @throws {@link EtcdBundleError} for a name that systemd-sysusers would skip, which it does with exit status 0
 * @internal
 */
export function renderSysusers(account: ServiceAccount): string {
  const { user, group = user, uid, gid } = account;
  // The line of a user makes the group of its name, under the same number.
  const isApart = group !== 'root' && (group !== user || (gid !== undefined && gid !== uid));
  if (isApart) assertAccountName(group);
  return [
    ...(isApart ? [`g ${group} ${gid ?? '-'}\n`] : []),
    ...(user === 'root' ? [] : [userLine(account, isApart ? `${uid ?? '-'}:${group}` : `${uid ?? '-'}`)]),
  ].join('');
}

/**
 * True for the user and group names that systemd-sysusers makes: sysusers.d(5), Name.
 *
 * @internal
 */
export function isSystemAccountName(name: string): boolean {
  return ACCOUNT_NAME.test(name);
}

function userLine({ user, description, home }: ServiceAccount, ids: string): string {
  assertAccountName(user);
  const gecos = quoteField(description.replaceAll(':', ' '));
  // passwd(5) separates with ":", so that systemd-sysusers skips the whole line for such a home.
  return `u ${user} ${ids} ${gecos} ${home.includes(':') ? '-' : quotePath(home)}\n`;
}

function assertAccountName(name: string): void {
  if (!isSystemAccountName(name)) {
    refuse(
      'account-name',
      'systemd.user',
      `systemd-sysusers cannot create an account named ${JSON.stringify(name)}.`,
      'Use at most 31 letters, digits, "_" and "-", beginning with a letter or "_".',
    );
  }
}

function quoteField(text: string): string {
  return `"${escapeSpecifiers(text).replaceAll(/["\\]/g, '\\$&')}"`;
}
