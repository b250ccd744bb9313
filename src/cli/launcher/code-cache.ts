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

/**
 * Folder of compiled code in the user's cache folder (XDG Base Directory Specification), or undefined where there is none or
 * NODE_DISABLE_COMPILE_CACHE is set, Node's own switch for such caches.
 *
 * @internal
 */
export function codeCacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env['NODE_DISABLE_COMPILE_CACHE'] || env['NODE_V8_COVERAGE']) return undefined;
  const { XDG_CACHE_HOME: named = '', HOME: home = '' } = env;
  if (isAbsolute(named)) return join(named, 'etcd-bundle', 'code');
  return isAbsolute(home) ? join(home, '.cache', 'etcd-bundle', 'code') : undefined;
}

/**
 * Compiled code that an earlier run of this user left. It is code that will run: what somebody else could have written is not
 * used, nor what is damaged, which V8 does not notice by itself.
 *
 * @internal
 */
export function readCodeCache(folder: string, name: string): Buffer | undefined {
  try {
    if (!isOwn(lstatSync(folder))) return undefined;
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
 * Keeps compiled code for the next run, and drops what has not been written for a month. It is not an error if it cannot.
 *
 * @internal
 */
export function writeCodeCache(folder: string, name: string, code: Buffer): void {
  try {
    makeFolders(folder);
    if (!isOwn(lstatSync(folder))) return;
    const temporary = join(folder, `${name}.${process.pid}`);
    const checksum = Buffer.alloc(CHECKSUM_BYTES);
    checksum.writeUInt32BE(crc32(code));
    writeFileSync(temporary, Buffer.concat([checksum, code]), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, join(folder, name));
    for (const other of readdirSync(folder)) removeIfStale(join(folder, other));
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

function withoutChecksum(bytes: Buffer): Buffer | undefined {
  if (bytes.length <= CHECKSUM_BYTES) return undefined;
  const code = bytes.subarray(CHECKSUM_BYTES);
  return crc32(code) === bytes.readUInt32BE(0) ? code : undefined;
}

function removeIfStale(path: string): void {
  const { mtimeMs } = lstatSync(path);
  if (mtimeMs < Date.now() - STALE_MILLISECONDS) unlinkSync(path);
}

function isOwn({ uid, mode }: Stats): boolean {
  return process.geteuid === undefined || (uid === process.geteuid() && (mode & 0o022) === 0);
}
