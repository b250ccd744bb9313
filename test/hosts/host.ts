import { basename } from 'node:path';
import type { EtcdRelease } from '../../src/etcd-releases.js';
import { bootMachine, type Machine, type RunningMachine } from './boot.js';
import { type Network, withoutPrefix } from './network.js';
import { type RunOptions, type RunResult, runProgram, soundOutput } from './process.js';
import { createRoot, type Entrance, etcdFiles, type HostFile, putFile } from './root.js';

/** Milliseconds: many times what a slow machine takes. A test waits for what it expects, and no longer than this. */
export const AT_THE_LATEST = 100_000;

export interface Host {
  readonly name: string;
  /** Without prefix lengths, in the order given. */
  readonly addresses: readonly string[];
  /** Folder of its root on this machine: read it, but write through `put`. */
  readonly root: string;
  readonly booted: boolean;
  /** Resolves once its systemd starts services. */
  boot(): Promise<void>;
  /** Waits until start-up is over: `running`, `degraded`, or `starting` where it is not in time (milliseconds). */
  settled(timeout?: number): Promise<string>;
  /** Runs a bash command line inside, as root. `env` adds to root's plain environment. */
  run(command: string, options?: RunOptions): Promise<RunResult>;
  /** The same for a command that has to succeed; gives its standard output. */
  must(command: string, options?: RunOptions): Promise<string>;
  /** Places a file of this machine, or bytes; works on a host that is down, too. */
  put(source: string | Uint8Array, path: string, mode?: number): Promise<void>;
  /** What the operator does with a tarball. Waits for the unit: members of a new cluster have to be installed together. */
  install(tarball: string | Uint8Array, unit?: string): Promise<RunResult>;
  /** Places the etcd binaries of a release, also over others that run. */
  useEtcd(release: EtcdRelease, directory?: string): Promise<void>;
  /** Every message of a unit, over all boots, without dates. */
  journal(unit: string): Promise<string>;
  /** Power cut: no process gets to do anything any more. Boot it again with `boot`. */
  kill(): Promise<void>;
  /** Cuts it off from the others; it keeps running. */
  cut(): Promise<void>;
  heal(): Promise<void>;
  /** Orderly shutdown, then boot. */
  reboot(): Promise<void>;
  /** A replaced machine: power cut, then a fresh root. Leaves it down. */
  wipe(): Promise<void>;
  /** Orderly shutdown. */
  down(): Promise<void>;
}

/** What a new host starts from, and again when it is wiped. */
export interface HostPlan {
  readonly name: string;
  readonly addresses: readonly string[];
  /** Folders that its root is made of, the uppermost first. */
  readonly layers: readonly string[];
  readonly files: readonly HostFile[];
}

const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  USER: 'root',
  SHELL: '/bin/bash',
  LANG: 'C.UTF-8',
};
/** An etcd that cannot reach its peers is stopped by systemd only after DefaultTimeoutStopSec, 90 s. */
const shutdownDeadline = 100_000;

export async function createHost(plan: HostPlan, machine: Machine, network: Network): Promise<Host> {
  const { name } = plan;
  let running: RunningMachine | undefined;
  let partitioned = false;

  const fresh = (): Promise<void> => createRoot(plan.layers, machine.folder, machine.hostname, plan.files);
  const entrance = (): Entrance => running?.entrance ?? ['chroot', machine.root];

  const boot = async (): Promise<void> => {
    if (running !== undefined) throw new Error(`${name} is running already`);
    if (!partitioned) await network.plug(name);
    const booted = await bootMachine(machine);
    // The kernel would go on answering for a machine without power. Where `clean` was faster there is no cable any more.
    const ended = booted.ended.then(() => network.unplug(name).catch(() => {}));
    running = { ...booted, ended };
    void ended.then(() => {
      running = undefined;
    });
  };
  const run = async (command: string, options: RunOptions = {}): Promise<RunResult> => {
    if (running === undefined) throw new Error(`${name} is down: ${command}`);
    const [program, ...args] = running.entrance;
    const env = { ...environment, ...options.env };
    return await runProgram(program, [...args, '/bin/bash', '-c', command], { ...options, env });
  };
  const must = async (command: string, options: RunOptions = {}): Promise<string> =>
    soundOutput(`${name}: ${command}`, await run(command, options));
  const put = (source: string | Uint8Array, path: string, mode?: number): Promise<void> =>
    putFile(entrance(), { path, source, ...(mode === undefined ? {} : { mode }) });
  const kill = async (): Promise<void> => {
    if (running === undefined) return;
    const { ended, systemd } = running;
    // First the cable: the kernel closes a dead process's connections, and the others would hear of it.
    await network.unplug(name);
    process.kill(systemd, 'SIGKILL');
    await ended;
  };
  const down = async (): Promise<void> => {
    if (running === undefined) return;
    const { ended, systemd } = running;
    await run('systemctl poweroff --no-block');
    const timer = setTimeout(() => process.kill(systemd, 'SIGKILL'), shutdownDeadline);
    await ended;
    clearTimeout(timer);
  };

  await fresh();
  return {
    name,
    addresses: plan.addresses.map(withoutPrefix),
    root: machine.root,
    get booted() {
      return running !== undefined;
    },
    boot,
    settled: async (timeout = 20_000) => {
      // `--wait` says nothing when its time is up: then the state of the moment counts.
      const waited = await run('systemctl is-system-running --wait', { timeout });
      return (waited.stdout || (await run('systemctl is-system-running')).stdout).trim();
    },
    run,
    must,
    put,
    install: async (tarball, unit = 'etcd') => {
      const path = `/root/${typeof tarball === 'string' ? basename(tarball) : 'bundle.tar.gz'}`;
      await put(tarball, path, 0o600);
      const steps = [
        `tar -xzf '${path}' -C /`,
        'systemd-sysusers',
        'systemd-tmpfiles --create',
        'systemctl daemon-reload',
        `systemctl enable --now '${unit}'`,
      ];
      return await run(steps.join(' && '), { timeout: 120_000 });
    },
    useEtcd: async (release, directory = '/usr/local/bin') => {
      for (const file of etcdFiles(release, directory)) await putFile(entrance(), file);
    },
    journal: (unit) => must(`journalctl --no-pager --output cat --unit '${unit}'`),
    kill,
    cut: () => {
      partitioned = true;
      return network.unplug(name);
    },
    heal: async () => {
      partitioned = false;
      if (running !== undefined) await network.plug(name);
    },
    reboot: async () => {
      await down();
      await boot();
    },
    wipe: async () => {
      await kill();
      await fresh();
    },
    down,
  };
}
