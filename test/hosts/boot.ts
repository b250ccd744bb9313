import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runProgram } from './process.js';
import type { Entrance } from './root.js';

export interface Machine {
  /** Unique on this machine; also the name of its cgroup. */
  readonly name: string;
  readonly hostname: string;
  /** All that belongs to it: its root, what it writes, the log of its console. */
  readonly folder: string;
  readonly root: string;
  readonly namespace: string;
}

export interface RunningMachine {
  /** Process id of its systemd, as this machine counts. */
  readonly systemd: number;
  /** Stands before a command that runs inside. */
  readonly entrance: Entrance;
  /** Settles when the whole machine is gone. */
  readonly ended: Promise<void>;
}

const bootDeadline = 60_000;

/** Boots a root and waits until its systemd starts services; `systemctl` answers from then on. */
export async function bootMachine(machine: Machine): Promise<RunningMachine> {
  const log = join(machine.folder, 'console.log');
  const output = openSync(log, 'a');
  const script = fileURLToPath(new URL('./boot', import.meta.url));
  const nspawn = spawn(script, [machine.name, machine.root, machine.namespace, machine.hostname], {
    stdio: ['ignore', output, output],
    // A terminal's Ctrl-C is for the test run, which then takes the hosts down itself.
    detached: true,
  });
  closeSync(output);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    const end = (): void => {
      over = true;
      resolve();
    };
    nspawn.on('error', end).on('exit', end);
  });

  const deadline = Date.now() + bootDeadline;
  for (;;) {
    const systemd = nspawn.pid === undefined ? undefined : await findSystemd(nspawn.pid);
    if (systemd !== undefined) {
      const entrance = entranceTo(systemd);
      const [program, ...args] = entrance;
      const state = await runProgram(program, [...args, '/bin/systemctl', 'is-active', 'basic.target']);
      if (state.stdout.trim() === 'active') return { systemd, entrance, ended };
    }
    if (over || Date.now() > deadline) break;
    await sleep(100);
  }
  nspawn.kill('SIGKILL');
  await ended;
  throw new Error(`${machine.hostname} does not boot:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}

function entranceTo(pid: number): Entrance {
  const namespaces = ['-m', '-u', '-i', '-n', '-p', '-C'];
  return ['nsenter', '-t', String(pid), ...namespaces, '-r', '-w', '--'];
}

/** The child of systemd-nspawn that is process 1 of its own pid namespace (proc_pid_status(5), NSpid). */
async function findSystemd(nspawn: number): Promise<number | undefined> {
  const children = await runProgram('pgrep', ['-P', String(nspawn), '-x', 'systemd']);
  const pid = Number.parseInt(children.stdout, 10);
  if (Number.isNaN(pid)) return undefined;
  return /^NSpid:\s+\d+\s+1$/m.test(readStatus(pid)) ? pid : undefined;
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
