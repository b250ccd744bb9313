import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf, relocate, type TestCluster, writeHost } from './roots.js';

/** What the real programs made of a cluster. */
export interface RealVerdict {
  readonly accepted: boolean;
  /** The first reason that was seen. */
  readonly why: string;
  /** Everything that the members and etcdctl said. */
  readonly log: string;
}

export interface Binaries {
  readonly etcd: string;
  readonly etcdctl: string;
}

/** A healthy cluster of two takes two to three seconds here. */
const DEADLINE = 12_000;
/** By then whoever is going to be accepted has been, and a complaint about a certificate stands. */
const SETTLED = 6_000;
const REFUSALS = /rejected connection on peer endpoint[^}]*(?:x509|tls)/;

/**
 * Starts every member of a cluster on its root and asks every endpoint for its health with the operator's own pair. It is accepted where all
 * of them commit a proposal, no member has left and no peer keeps being rejected.
 */
export async function runCluster(
  cluster: TestCluster,
  folder: string,
  binaries: Binaries,
  user?: number,
): Promise<RealVerdict> {
  const admin = relocate(writeHost(folder, cluster.admin), folder);
  const members = cluster.hosts.map((host) =>
    startMember(host, relocate(writeHost(folder, host), folder), binaries.etcd, user),
  );
  const { env } = commandOf(
    { ...cluster.admin, service: ['EnvironmentFile=/etc/etcd/admin/etcdctl.env'] },
    admin,
  );
  const said: string[] = [];
  try {
    const end = Date.now() + DEADLINE;
    let healthySince = 0;
    while (Date.now() < end) {
      const gone = members.find(({ exited }) => exited());
      if (gone !== undefined) return verdict(false, `exit: ${reasonIn(gone.log())}`, members, said);
      const { ok, text } = await health(binaries.etcdctl, env);
      said.push(text);
      if (ok) {
        if (healthySince === 0) healthySince = Date.now();
        const rejected = members
          .map(({ log }) => REFUSALS.exec(log().slice(-20_000))?.[0])
          .find((line) => line !== undefined);
        if (rejected === undefined) return verdict(true, '', members, said);
        if (Date.now() - healthySince > 3_000)
          return verdict(false, `healthy, but ${rejected}`, members, said);
      }
      const settled =
        Date.now() > end - DEADLINE + SETTLED &&
        [...members.map(({ log }) => log()), text].some((line) => /x509|tls: /.test(line));
      if (settled) break;
      await sleep(300);
    }
    return verdict(
      false,
      `no health: ${reasonIn([...members.map(({ log }) => log()), ...said].join('\n'))}`,
      members,
      said,
    );
  } finally {
    await Promise.all(members.map(({ stop }) => stop()));
  }
}

interface RunningMember {
  log(): string;
  exited(): boolean;
  stop(): Promise<void>;
}

function startMember(
  host: TestCluster['host'],
  root: string,
  etcd: string,
  user: number | undefined,
): RunningMember {
  const { args, env } = commandOf(host, root);
  if (user !== undefined) {
    for (let parent = root; parent.startsWith(tmpdir()) && parent !== tmpdir(); parent = dirname(parent))
      chmodSync(parent, 0o755);
    copyFileSync(etcd, join(root, 'etcd'));
    chmodSync(join(root, 'etcd'), 0o755);
    mkdirSync(join(root, 'var/lib'), { recursive: true, mode: 0o755 });
    mkdirSync(join(root, 'var/lib/etcd'), { mode: 0o700 });
    chownSync(join(root, 'var/lib/etcd'), user, user);
  }
  const child: ChildProcess = spawn(user === undefined ? etcd : join(root, 'etcd'), args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  let log = '';
  let exited = false;
  const take = (chunk: Buffer): void => {
    if (log.length < 4_000_000) log += chunk.toString();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const left = new Promise<void>((resolve) => {
    child.once('exit', () => {
      exited = true;
      resolve();
    });
    child.once('error', (error) => {
      log += error.message;
      exited = true;
      resolve();
    });
  });
  return {
    log: () => log,
    exited: () => exited,
    stop: async () => {
      if (!exited) child.kill('SIGKILL');
      await left;
    },
  };
}

async function health(
  etcdctl: string,
  env: Record<string, string>,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const child = spawn(etcdctl, ['endpoint', 'health', '--command-timeout=2s', '--dial-timeout=1s'], {
    env: { ...env, ETCDCTL_API: '3' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  const timer = setTimeout(() => child.kill('SIGKILL'), 6_000);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return { ok: code === 0, text: Buffer.concat(chunks).toString() };
}

function verdict(
  accepted: boolean,
  why: string,
  members: readonly RunningMember[],
  said: readonly string[],
): RealVerdict {
  return { accepted, why: why.slice(0, 300), log: [...members.map(({ log }) => log()), ...said].join('\n') };
}

/** The line that tells most: the last fatal one, otherwise a TLS complaint. */
function reasonIn(log: string): string {
  const lines = log.split('\n');
  const found =
    lines.findLast((line) =>
      /"level":"fatal"|panic|failed to verify flags|flag provided|not a valid flag|invalid value|unexpected error/.test(
        line,
      ),
    ) ??
    lines.findLast((line) => /x509|tls:|remote error|malformed|revoked|certificate/.test(line)) ??
    lines.findLast((line) => line.trim() !== '') ??
    '';
  return /"error":"((?:[^"\\]|\\.)*)"/.exec(found)?.[1] ?? found.slice(0, 240);
}
