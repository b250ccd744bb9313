import {
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import process from 'node:process';
import { crc32 } from 'node:zlib';

/** Nothing that this program compiles to comes near. */
const MAX_BYTES = 16 * 2 ** 20;
const CHECKSUM_BYTES = 4;
const STALE_MILLISECONDS = 30 * 86_400_000;
/** What this program calls its files: build, Node, processor and command, and while one is written the process. */
const OWN_START = /^[0-9a-f]{16}-v\d+\.\d+\.\d+/;
const OWN_END = /-[a-z0-9_]{1,32}-[a-z]{1,16}(?:\.\d{1,16})?$/;

/**
 * Folder of compiled code in the user's cache folder (XDG Base Directory Specification), or undefined where there is none, or where it would
 * be another user's, whose HOME sudo may have left to us, or NODE_DISABLE_COMPILE_CACHE is set, Node's own switch for such caches.
 *
 * @internal
 */
export function codeCacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env['NODE_DISABLE_COMPILE_CACHE'] || env['NODE_V8_COVERAGE']) return undefined;
  const { XDG_CACHE_HOME: named = '', HOME: home = '' } = env;
  const cache = isAbsolute(named)
    ? named
    : isAbsolute(home) && existsSync(home)
      ? join(home, '.cache')
      : undefined;
  return cache !== undefined && isOurs(cache) ? join(cache, 'etcd-bundle', 'code') : undefined;
}

/**
 * Compiled code that an earlier run of this user left. It is code that will run: what somebody else could have written is not
 * used, nor what is damaged, which V8 does not notice by itself.
 *
 * @internal
 */
export function readCodeCache(folder: string, name: string): Buffer | undefined {
  try {
    if (![folder, dirname(folder)].every((path) => isOwn(lstatSync(path)))) return undefined;
    const fd = openSync(join(folder, name), 'r');
    try {
      const status = fstatSync(fd);
      if (!status.isFile() || !isOwn(status) || status.size > MAX_BYTES) return undefined;
      return withoutChecksum(readFileSync(fd));
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

/**
 * Keeps compiled code for the next run, and drops such files of ours that have not been written for a month. It is not an error if it cannot.
 *
 * @internal
 */
export function writeCodeCache(folder: string, name: string, code: Buffer): void {
  try {
    makeFolders(folder);
    if (![folder, dirname(folder)].every((path) => isOwn(lstatSync(path)))) return;
    const temporary = join(folder, `${name}.${process.pid}`);
    const checksum = Buffer.alloc(CHECKSUM_BYTES);
    checksum.writeUInt32BE(crc32(code));
    writeFileSync(temporary, Buffer.concat([checksum, code]), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, join(folder, name));
    for (const other of readdirSync(folder))
      if (OWN_START.test(other) && OWN_END.test(other)) removeIfStale(join(folder, other));
  } catch {
    return;
  }
}

/** mkdir's own `recursive` never ends where ENOENT is the answer for ever, as below /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolders(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Whether a folder, or the nearest above it that exists, is this user's. */
function isOurs(folder: string): boolean {
  try {
    for (let path = folder; ; path = dirname(path))
      if (existsSync(path)) return process.geteuid === undefined || statSync(path).uid === process.geteuid();
      else if (path === dirname(path)) return false;
  } catch {
    return false;
  }
}

function withoutChecksum(bytes: Buffer): Buffer | undefined {
  if (bytes.length <= CHECKSUM_BYTES) return undefined;
  const code = bytes.subarray(CHECKSUM_BYTES);
  return crc32(code) === bytes.readUInt32BE(0) ? code : undefined;
}

function removeIfStale(path: string): void {
  const status = lstatSync(path);
  if (status.isFile() && isOwn(status) && status.mtimeMs < Date.now() - STALE_MILLISECONDS) unlinkSync(path);
}

function isOwn({ uid, mode }: Stats): boolean {
  return process.geteuid === undefined || (uid === process.geteuid() && (mode & 0o022) === 0);
}
