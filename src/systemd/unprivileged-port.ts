/**
 * The first port that any account may listen on, unless the kernel is told otherwise (ip(7), ip_unprivileged_port_start).
 *
 * @internal
 */
export const FIRST_UNPRIVILEGED_PORT = 1024;
