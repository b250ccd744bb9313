import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Which run made a staging folder, in terms that tell whether that run can still be alive.
 *
 * @internal
 */
export interface RunIdentity {
  readonly pid: number;
  readonly host: string;
  /** Linux: changes with every boot (proc_sys_kernel(5), random/boot_id). */
  readonly boot?: string;
  /** Linux: process ids mean something only within one of these (pid_namespaces(7)). */
  readonly pidNamespace?: string;
  /** Linux: clock ticks after boot (proc_pid_stat(5), field 22); tells a process from a later one with the same id. */
  readonly startTime?: string;
}

/** @internal */
export function currentRun(): RunIdentity {
  const boot = readText('/proc/sys/kernel/random/boot_id');
  const pidNamespace = readLink('/proc/self/ns/pid');
  const startTime = processStatus(process.pid)?.startTime;
  return {
    pid: process.pid,
    host: hostname(),
    ...(boot === undefined ? {} : { boot }),
    ...(pidNamespace === undefined ? {} : { pidNamespace }),
    ...(startTime === undefined ? {} : { startTime }),
  };
}

/**
 * Whether a run is over. That of one on another host or in another pid namespace cannot be told.
 *
 * @internal
 */
export function runState(
  run: RunIdentity,
  current: RunIdentity = currentRun(),
): 'over' | 'running' | 'unknown' {
  if (run.host !== current.host) return 'unknown';
  if (run.boot !== current.boot) return 'over';
  if (run.pidNamespace !== current.pidNamespace) return 'unknown';
  if (!exists(run.pid)) return 'over';
  const status = processStatus(run.pid);
  return status !== undefined && (status.isZombie || status.startTime !== run.startTime) ? 'over' : 'running';
}

/** @internal */
export function parseRunIdentity(value: unknown): RunIdentity | undefined {
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('host' in value))
    return undefined;
  const { pid, host } = value;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0 || typeof host !== 'string')
    return undefined;
  return {
    pid,
    host,
    ...('boot' in value && typeof value.boot === 'string' ? { boot: value.boot } : {}),
    ...('pidNamespace' in value && typeof value.pidNamespace === 'string'
      ? { pidNamespace: value.pidNamespace }
      : {}),
    ...('startTime' in value && typeof value.startTime === 'string' ? { startTime: value.startTime } : {}),
  };
}

/** @internal */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}

function processStatus(pid: number): { isZombie: boolean; startTime: string | undefined } | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // Field 2 is the command in parentheses and may hold anything; field 3, the state, follows the last of them.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { isZombie: fields[0] === 'Z', startTime: fields[19] };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
