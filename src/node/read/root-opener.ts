import type { Stats } from 'node:fs';
import { lstat, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenedPath, RootFile, RootOwner } from '../../host/host-root.js';
import { systemErrorCode } from '../system-error.js';
import { MAX_FILE_BYTES } from './input.js';
import { readRegularFile } from './regular-file.js';

/**
 * The only way to what lies below a host root.
 *
 * @internal
 */
export interface RootOpener {
  /** Absolute and without links. */
  readonly location: string;
  /** What a path on the host leads to, links resolved below the root. */
  readonly open: (path: string) => Promise<OpenedPath>;
  /** Whose something below the root is, where that says anything. */
  readonly ownerOf: (ids: OwnerIds) => { readonly owner?: RootOwner };
}

interface OwnerIds {
  readonly uid: number;
  readonly gid: number;
}

interface Accounts {
  readonly user: (id: number) => string;
  readonly group: (id: number) => string;
}

type Resolved =
  | { readonly type: 'found'; readonly path: string; readonly status: Stats }
  | Exclude<OpenedPath, { readonly type: 'file' | 'directory' }>;

/** As many as Linux follows, and its longest path (path_resolution(7)). */
const MAX_LINKS = 40;
const MAX_PATH = 4096;
/** What the kernel makes up; on an extracted root there is nothing of it. */
const KERNEL = /^(?:proc|sys|dev)(?:\/|$)/;
/**
 * What is said of a link to `/dev/null`, which masks what systemd would read there.
 *
 * @internal
 */
export const NOTHING = 'leads to /dev/null';
/** Bytes that are kept of all files of one root. */
const MAX_TOTAL_BYTES = 256 * 2 ** 20;

/**
 * Opens paths below a folder segment by segment: links are resolved here and never by the system, an absolute one starts at the root,
 * `..` stops there, and only regular files are read. What cannot be read is an answer too.
 *
 * @internal
 */
export async function openRoot(folder: string): Promise<RootOpener> {
  const location = await realpath(folder);
  const budget = { bytes: MAX_TOTAL_BYTES };
  const accounts = await readAccounts(location, budget);
  return {
    location,
    ownerOf: (ids) => ownerOf(ids, accounts),
    open: async (path) => {
      const resolved = await resolve(location, path);
      if (resolved.type !== 'found') return resolved;
      const { status } = resolved;
      if (status.isDirectory())
        return {
          type: 'directory',
          directory: { path: resolved.path, mode: status.mode & 0o7777, ...ownerOf(status, accounts) },
        };
      const opened = await read(location, resolved.path, budget, accounts);
      if (opened.type !== 'unread' || !status.isFile()) return opened;
      const mode = status.mode & 0o7777;
      const file = { path: resolved.path, bytes: new Uint8Array(), mode, ...ownerOf(status, accounts) };
      return { ...opened, file };
    },
  };
}

async function resolve(location: string, path: string): Promise<Resolved> {
  if (path.includes('\0') || path.length > MAX_PATH) return { type: 'absent' };
  let rest = segmentsOf(path).reverse();
  let done: string[] = [];
  let status = await lstat(location);
  let links = 0;
  for (let segment = rest.pop(); segment !== undefined; segment = rest.pop()) {
    if (segment === '.') continue;
    if (segment === '..') {
      done.pop();
      continue;
    }
    const here = [...done, segment].join('/');
    if (here.length > MAX_PATH) return { type: 'absent' };
    if (here === 'dev' && rest.join('/') === 'null') return { type: 'unread', why: NOTHING };
    if (KERNEL.test(here)) return { type: 'unread', why: 'lies where the kernel shows itself' };
    const found = await lstat(join(location, here)).catch((error: unknown) => refusal(error));
    if ('type' in found) return found;
    if (found.isSymbolicLink()) {
      links += 1;
      const target = await readlink(join(location, here)).catch(() => '');
      if (links > MAX_LINKS || target.length + rest.length > MAX_PATH) return { type: 'absent' };
      rest = [...rest, ...segmentsOf(target).reverse()];
      if (target.startsWith('/')) done = [];
      continue;
    }
    if (rest.length > 0 && !found.isDirectory()) return { type: 'absent' };
    done.push(segment);
    status = found;
  }
  if (done.length === 0) return { type: 'found', path: '', status: await lstat(location) };
  return { type: 'found', path: done.join('/'), status };
}

async function read(
  location: string,
  path: string,
  budget: { bytes: number },
  accounts: Accounts | undefined,
): Promise<OpenedPath> {
  const canonicalPath = join(location, path);
  const limit = Math.min(MAX_FILE_BYTES, budget.bytes);
  try {
    const found = await readRegularFile(canonicalPath, { limit: MAX_FILE_BYTES, canonicalPath });
    if (found.type === 'refused') return { type: 'unread', why: found.why };
    if (found.bytes.length > limit)
      return {
        type: 'unread',
        why: `is not read: the root holds more than ${MAX_TOTAL_BYTES / 2 ** 20} MiB`,
      };
    budget.bytes -= found.bytes.length;
    const file: RootFile = {
      path,
      bytes: found.bytes,
      mode: found.mode,
      ...ownerOf(found, accounts),
    };
    return { type: 'file', file };
  } catch (error) {
    return refusal(error);
  }
}

/** Only root extracts and copies owners; anybody else owns all of it himself. */
function ownerOf({ uid, gid }: OwnerIds, accounts: Accounts | undefined): { readonly owner?: RootOwner } {
  const isTold = accounts !== undefined && (process.getuid?.() === 0 || uid !== process.getuid?.());
  return isTold ? { owner: { user: accounts.user(uid), group: accounts.group(gid) } } : {};
}

/** ENOENT and its kin say that there is nothing; anything else says nothing of the sort. */
function refusal(error: unknown): Exclude<OpenedPath, { readonly type: 'file' | 'directory' }> {
  const code = systemErrorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return { type: 'absent' };
  return { type: 'unread', why: `cannot be read (${code ?? 'unknown error'})` };
}

async function readAccounts(location: string, budget: { bytes: number }): Promise<Accounts> {
  const [users, groups] = await Promise.all(
    ['etc/passwd', 'etc/group'].map(async (path) => {
      const resolved = await resolve(location, path);
      const opened =
        resolved.type === 'found' ? await read(location, resolved.path, budget, undefined) : resolved;
      const text = opened.type === 'file' ? new TextDecoder().decode(opened.file.bytes) : '';
      return new Map(
        text
          .split('\n')
          .map((line) => line.split(':'))
          .map(([name = '', , id = '']) => [id, name]),
      );
    }),
  );
  const of = (names: ReadonlyMap<string, string> | undefined) => (id: number) =>
    id === 0 ? 'root' : (names?.get(String(id)) ?? String(id));
  return { user: of(users), group: of(groups) };
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}
