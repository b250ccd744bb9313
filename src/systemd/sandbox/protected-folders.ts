/**
 * What ProtectHome= hides or closes (systemd.exec(5)).
 *
 * @internal
 */
export const HOMES: readonly string[] = ['/home', '/root', '/run/user'];

/**
 * What PrivateTmp= puts others in the place of (systemd.exec(5)): sticky, and writable for all (file-hierarchy(7)).
 *
 * @internal
 */
export const TEMPORARY: readonly string[] = ['/tmp', '/var/tmp'];
