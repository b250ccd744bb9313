import type { SystemdDirective } from '../cluster-spec.js';
import { isWithin } from '../text/path.js';
import { trimEnd } from '../text/trim-end.js';
import { quotePath } from './quote.js';
import { HOMES, TEMPORARY } from './sandbox/protected-folders.js';
import { type StateDirectories, writableDirectories } from './state-directories.js';
import { FIRST_UNPRIVILEGED_PORT } from './unprivileged-port.js';

/**
 * What of a cluster decides how far its service can be locked up.
 *
 * @internal
 */
export interface HardeningInput extends StateDirectories {
  /** Folders, there before the service starts, in which it creates files, such as logs. */
  readonly logFolders?: readonly string[];
  /** What else the service reads: its binary, its certificates, its configuration. */
  readonly readPaths?: readonly string[];
  /** Every port that etcd listens on. */
  readonly ports: readonly number[];
  /** True where etcd runs with memory-mlock. */
  readonly memoryLock: boolean;
}

/**
 * The sandbox that fits etcd with any paths and ports: systemd.exec(5), Sandboxing. `ProcSubset=pid` is not in it because Go reads
 * /proc/sys/net/core/somaxconn. The system calls of etcd 3.5 and 3.6
 * are all in `@system-service` without `@privileged` and `@resources`.
 *
 * @internal
 */
export const SANDBOX: readonly SystemdDirective[] = [
  { name: 'UMask', values: ['0077'] },
  { name: 'NoNewPrivileges', values: ['true'] },
  { name: 'CapabilityBoundingSet', values: [''] },
  { name: 'AmbientCapabilities', values: [''] },
  { name: 'PrivateTmp', values: ['true'] },
  { name: 'PrivateDevices', values: ['true'] },
  { name: 'PrivateUsers', values: ['true'] },
  { name: 'ProtectHome', values: ['true'] },
  { name: 'ProtectSystem', values: ['strict'] },
  { name: 'ProtectClock', values: ['true'] },
  { name: 'ProtectHostname', values: ['true'] },
  { name: 'ProtectKernelTunables', values: ['true'] },
  { name: 'ProtectKernelModules', values: ['true'] },
  { name: 'ProtectKernelLogs', values: ['true'] },
  { name: 'ProtectControlGroups', values: ['true'] },
  { name: 'ProtectProc', values: ['invisible'] },
  { name: 'RestrictAddressFamilies', values: ['AF_INET AF_INET6 AF_UNIX AF_NETLINK'] },
  { name: 'RestrictNamespaces', values: ['true'] },
  { name: 'RestrictRealtime', values: ['true'] },
  { name: 'RestrictSUIDSGID', values: ['true'] },
  { name: 'LockPersonality', values: ['true'] },
  { name: 'MemoryDenyWriteExecute', values: ['true'] },
  { name: 'RemoveIPC', values: ['true'] },
  { name: 'SystemCallArchitectures', values: ['native'] },
  { name: 'SystemCallFilter', values: ['@system-service', '~@privileged @resources'] },
  { name: 'SystemCallErrorNumber', values: ['EPERM'] },
];

const STATE = '/var/lib/';
// From systemd 251 on ":" separates the name of a symlink in StateDirectory=; blanks and quotes are read differently before.
const PLAIN_PATH = /^[\w./-]+$/;

/**
 * The [Service] directives without which an account other than root's may not do what etcd does: listen below port 1024 (capabilities(7)),
 * keep its memory from being swapped out (getrlimit(2)).
 *
 * @internal
 */
export function grantsFor({
  ports,
  memoryLock,
}: Pick<HardeningInput, 'ports' | 'memoryLock'>): SystemdDirective[] {
  return [
    ...(ports.some((port) => port < FIRST_UNPRIVILEGED_PORT)
      ? [{ name: 'AmbientCapabilities', values: ['CAP_NET_BIND_SERVICE'] }]
      : []),
    ...(memoryLock ? [{ name: 'LimitMEMLOCK', values: ['infinity'] }] : []),
  ];
}

/**
 * The [Service] directives that lock the service up: {@link SANDBOX}, opened just as far as these paths and ports need it.
 *
 * @internal
 */
export function hardeningFor(input: HardeningInput): SystemdDirective[] {
  const state = writableDirectories(input);
  const logs = (input.logFolders ?? []).filter((folder) => !state.some((path) => isWithin(folder, path)));
  const writable = [...state, ...logs];
  const paths = [...writable, ...(input.readPaths ?? [])];
  const changed = new Map<string, readonly string[]>();
  if (input.ports.some((port) => port < FIRST_UNPRIVILEGED_PORT)) {
    changed.set('CapabilityBoundingSet', ['CAP_NET_BIND_SERVICE']);
    changed.set('AmbientCapabilities', ['CAP_NET_BIND_SERVICE']);
    // A capability of a user namespace says nothing about the host's ports (user_namespaces(7)).
    changed.set('PrivateUsers', ['false']);
  }
  // "true" would hide the path below an empty directory, where nothing can be mounted any more.
  if (paths.some((path) => isBelow(path, HOMES))) changed.set('ProtectHome', ['read-only']);
  // Of two directives for one and the same folder the stricter one counts (systemd `src/core/namespace.c`, drop_duplicates).
  if (writable.some((path) => HOMES.includes(path))) changed.set('ProtectHome', ['false']);
  if (writable.includes('/')) changed.set('ProtectSystem', ['full']);
  if (paths.some((path) => isBelow(path, TEMPORARY))) changed.set('PrivateTmp', ['false']);
  return [
    ...stateDirectory(input.dataDir),
    { name: 'ReadWritePaths', values: [writable.map(quotePath).join(' ')] },
    ...(input.memoryLock ? [{ name: 'LimitMEMLOCK', values: ['infinity'] }] : []),
    ...SANDBOX.map(({ name, values }) => ({ name, values: changed.get(name) ?? values })),
  ];
}

/** Below /var/lib systemd itself makes the directory before each start, so a host whose data were removed gets it back. */
function stateDirectory(dataDir: string): SystemdDirective[] {
  const name = dataDir.startsWith(STATE) ? trimEnd(dataDir.slice(STATE.length), '/') : '';
  if (!PLAIN_PATH.test(name)) return [];
  return [
    { name: 'StateDirectory', values: [name] },
    { name: 'StateDirectoryMode', values: ['0700'] },
  ];
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isWithin(path, folder));
}
