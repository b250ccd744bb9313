/** systemd.service(5), Type=: these wait until a service has left its parent, ended, or taken a name on the bus. */
const WAITING: readonly string[] = ['forking', 'oneshot', 'dbus'];

/**
 * Whether systemd, with this Type=, waits for what etcd never does.
 *
 * @internal
 */
export function isNeverStarted(type: string): boolean {
  return WAITING.includes(type);
}

/**
 * Whether a UMask= keeps an account from opening what it makes.
 *
 * @internal
 */
export function masksOwner(umask: string): boolean {
  return (Number.parseInt(umask, 8) & 0o700) !== 0;
}
