import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runSound } from './process.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const clean: string = fileURLToPath(new URL('./clean', import.meta.url));

/** A name that no other run has, and from which `clean` sees whether its process is still there. */
export function newRunName(): string {
  // The name between the brackets may hold spaces; the start time is field 22 (proc_pid_stat(5)).
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `etcd-bundle-${process.pid}-${start}-${randomBytes(3).toString('hex')}`;
}

/** Removes what is left of runs whose process is gone. */
export async function cleanDeadRuns(): Promise<void> {
  await runSound(clean, []);
}

/** Removes everything of a run; throws where something stays. */
export async function cleanRun(run: string): Promise<void> {
  await runSound(clean, [run]);
}

/** Cleans the run however this process ends, short of SIGKILL. The function it gives back takes that off again. */
export function cleanAtExit(run: string): () => void {
  // A process that is about to exit cannot wait for a promise.
  const atExit = (): void => {
    spawnSync(clean, [run], { stdio: 'inherit' });
  };
  const atSignal = (signal: NodeJS.Signals): void => {
    atExit();
    // A listener takes the signal's own effect away. Not process.exit: a test runner may have replaced it.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  process.once('exit', atExit);
  for (const signal of signals) process.once(signal, atSignal);
  return () => {
    process.off('exit', atExit);
    for (const signal of signals) process.off(signal, atSignal);
  };
}
