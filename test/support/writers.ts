import { expect } from 'vitest';
import type { Host } from '../hosts/host.js';

/** What the writers of a cluster came to. */
export interface WriterReport {
  readonly acknowledged: number;
  readonly failed: readonly string[];
  readonly lost: readonly string[];
  readonly longestGapMs: number;
}

export interface Writers {
  /** Ends them, and reads back what they wrote. */
  stop(): Promise<{ readonly fresh: WriterReport; readonly long: WriterReport }>;
}

/** What etcd says of a write that it has dropped while one leader handed over to another. */
const HANDED_OVER = /etcdserver: request timed out|raft proposal dropped/;
/** What etcd 3.4 answers a connection that is new while the member ends: it may be any member, and the write was never taken. */
const ENDING = /malformed header: missing HTTP content-type/;

/**
 * That no write was lost, and none failed but for those that were on their way to a leader that stopped: etcd drops them, whatever the order
 * of restarts (docs/decisions.md, "A change of leader may cost a write"); with etcd 3.4 also those that a member answers as it ends.
 *
 * @param changes - of leader
 */
export function expectKept(reports: readonly WriterReport[], changes: number): void {
  for (const { failed, lost } of reports) {
    expect(lost).toEqual([]);
    expect(failed.filter((line) => !HANDED_OVER.test(line) && !ENDING.test(line))).toEqual([]);
    expect(failed.length, failed.join('\n')).toBeLessThanOrEqual(changes);
  }
}

const MODES = ['fresh', 'long'] as const;

/**
 * Writes to a cluster from one of its hosts until stopped, with the variables of the operator: once with a connection for each write, once with
 * one for all.
 *
 * @param program - test/programs/modules/etcd-writer
 * @param environment - file with etcdctl's variables on the host
 */
export async function startWriters(host: Host, program: string, environment: string): Promise<Writers> {
  const run = `${process.hrtime.bigint()}`;
  const stopped = `/run/etcd-writer-${run}.stop`;
  await host.put(program, '/usr/local/bin/etcd-writer', 0o755);
  const start = (mode: (typeof MODES)[number]) => {
    const pair =
      '${ETCDCTL_CACERT:+-cacert $ETCDCTL_CACERT} ${ETCDCTL_CERT:+-cert $ETCDCTL_CERT -key $ETCDCTL_KEY}';
    const options = `-endpoints $ETCDCTL_ENDPOINTS ${pair} -prefix ${run}/${mode} -until ${stopped}`;
    const command = `. ${environment}; exec etcd-writer ${options}${mode === 'fresh' ? ' -fresh' : ''}`;
    return host.must(command, { timeout: 900_000 });
  };
  const running = { fresh: start('fresh'), long: start('long') };
  // Whoever stops them hears of it.
  for (const mode of MODES) running[mode].catch(() => undefined);
  return {
    stop: async () => {
      await host.must(`touch ${stopped}`);
      return { fresh: JSON.parse(await running.fresh), long: JSON.parse(await running.long) };
    },
  };
}
