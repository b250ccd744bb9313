import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

/** Every program a test may ask for: the binaries of table.txt, the ones of a pinned release with its number. */
export const programNames = [
  'etcd-3.7',
  'etcdctl-3.7',
  'etcdutl-3.7',
  'etcd-3.6',
  'etcdctl-3.6',
  'etcdutl-3.6',
  'etcd-3.5',
  'etcdctl-3.5',
  'etcdutl-3.5',
  'etcd-3.4',
  'etcdctl-3.4',
  'openssl',
  'certtool',
  'systemd-analyze',
  'systemd-nspawn',
  'debootstrap',
  'ip',
  'jq',
  'shellcheck',
  'ps',
  'nsenter',
  'mount',
  'bsdtar',
  'busybox',
  'zsh',
  'fish',
  'mandoc',
  'cfssl',
  'cfssljson',
  'zlint',
  'go-x509',
  'etcd-writer',
  'mkcert',
  'kubeadm-1.37',
  'kubeadm-1.36',
  'kubeadm-1.26',
  'kube-apiserver-1.36',
  'node-20',
  'node-22',
  'node-24',
  'publint',
  'attw',
  'chromium',
] as const;

export type ProgramName = (typeof programNames)[number];

export interface Program {
  /** Absolute path of the binary. */
  readonly path: string;
  /** What the table pins, or what a program of this machine says of itself. */
  readonly version: string;
}

/** One line of table.txt. */
export interface ProgramRow {
  readonly name: string;
  readonly version: string;
  readonly from: string;
  /** Binary name → package it comes from. */
  readonly binaries: ReadonlyMap<string, string>;
}

const versionArguments: Readonly<Record<string, string>> = {
  openssl: 'version',
  ip: '-V',
  busybox: '--help',
  // It does not say its version.
  mandoc: '-l',
};

/**
 * Looks a program up: a pinned one in the cache folder that `test/programs/install` fills, any other in PATH.
 * A pinned program that happens to lie in PATH is not taken: its version would decide what the test says.
 */
export function findProgram(name: ProgramName): Program | undefined {
  for (const row of readProgramTable()) {
    for (const binary of row.binaries.keys()) {
      if (nameOf(row, binary) === name) return findBinary(row, binary);
    }
  }
  return undefined;
}

export function readProgramTable(): readonly ProgramRow[] {
  const lines = readFileSync(new URL('./table.txt', import.meta.url), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map(parseRow);
}

/** The end of a row's name where several releases of a program are there. */
const releaseSuffix = /-\d+(?:\.\d+)?$/;

/** The name a test uses: `etcdctl` of the row `etcd-3.7` is `etcdctl-3.7`. */
export function nameOf(row: ProgramRow, binary: string): string {
  return binary + (releaseSuffix.exec(row.name)?.[0] ?? '');
}

/** Where programs, roots and running hosts are kept; the scripts beside this file compute the same folder. */
export function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'etcd-bundle');
}

function parseRow(line: string): ProgramRow {
  const [name, version, from, ...pairs] = line.trim().split(/\s+/);
  if (name === undefined || version === undefined || from === undefined) {
    throw new Error(`test/programs/table.txt: not a row: ${line}`);
  }
  const binaries = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  return { name, version, from, binaries: new Map(binaries) };
}

function findBinary(row: ProgramRow, binary: string): Program | undefined {
  if (row.from === 'installed') {
    const path = findInPath(binary);
    return path === undefined ? undefined : { path, version: askVersion(binary, path) };
  }
  const folder = join(cacheFolder(), `${row.name.replace(releaseSuffix, '')}-${row.version}`);
  const path = join(folder, 'bin', binary);
  return existsSync(join(folder, 'complete')) && isExecutable(path)
    ? { path, version: row.version }
    : undefined;
}

function findInPath(binary: string): string | undefined {
  // Some of them live in sbin, which PATH may leave out for everyone but root.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders
    .filter(isAbsolute)
    .map((folder) => join(folder, binary))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function askVersion(binary: string, path: string): string {
  const said = execFileSync(path, [versionArguments[binary] ?? '--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return /(?<![A-Za-z0-9])\d+(?:\.\d+)*/.exec(said)?.[0] ?? 'unknown';
}
