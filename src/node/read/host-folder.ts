import { lstat, readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostRoot, RootDirectory, RootFile } from '../../host/host-root.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { MAX_FILE_BYTES, MAX_FILES } from './input.js';
import { followLinks } from './links.js';

/** What holds no configuration, and much else; relative to the root. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  'proc',
  'sys',
  'dev',
  'boot',
  'etc/ssl/certs',
  'etc/ca-certificates',
  'var/cache',
  'var/log',
  'var/lib/apt',
  'var/lib/dpkg',
  'var/lib/docker',
  'var/lib/containerd',
  'var/lib/containers',
  'var/lib/kubelet',
]);
/** Of /usr only what packages and administrators configure. */
const IN_USR =
  /^usr(?:\/(?:lib(?:\/(?:systemd|tmpfiles\.d|sysusers\.d)(?:\/.*)?)?|local(?:\/(?:etc|lib|share)(?:\/.*)?)?))?$/;
const MAX_ENTRIES = 200_000;
const MAX_DEPTH = 24;
const MAX_TOTAL_BYTES = 256 * 2 ** 20;

/**
 * Reads the configuration files and certificates of an extracted host root, or of any smaller folder. Links are followed inside the
 * root, never out of it.
 *
 * @param name - of the root
 * @throws EtcdBundleError `system` where something cannot be read
 * @internal
 */
export async function readHostFolder(folder: string, name: string): Promise<HostRoot> {
  const found: Found = { files: [], links: new Map(), directories: [], entries: 0 };
  await walk(folder, '', found);
  const files = new Map<string, RootFile>();
  const names = await accountNames(folder);
  let total = 0;
  for (const path of found.files.slice(0, MAX_FILES)) {
    const file = await readOne(folder, path, names);
    if (file === undefined) continue;
    total += file.bytes.length;
    if (total > MAX_TOTAL_BYTES) break;
    files.set(path, file);
  }
  for (const path of found.links.keys()) {
    const target = followLinks(path, found.links);
    const file =
      target === undefined || target === ''
        ? undefined
        : (files.get(target) ?? (await readLinked(folder, target, names)));
    if (file !== undefined) files.set(path, { ...file, path, linkTo: file.path });
  }
  linkFolders(found.links, files);
  return {
    name,
    files: [...files.values()],
    directories: found.directories,
    location: await realpath(folder),
  };
}

interface Found {
  readonly files: string[];
  readonly links: Map<string, string>;
  readonly directories: RootDirectory[];
  entries: number;
}

interface AccountNames {
  readonly user: (id: number) => string;
  readonly group: (id: number) => string;
}

async function walk(folder: string, path: string, found: Found, depth = 0): Promise<void> {
  const entries = await readdir(join(folder, path), { withFileTypes: true }).catch((error: unknown) => {
    // Others' folders beside the configuration are not needed.
    if (path !== '' && !path.startsWith('etc') && systemErrorCode(error) === 'EACCES') return [];
    throw describeSystemError(error, 'read it');
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    found.entries += 1;
    if (found.entries > MAX_ENTRIES) return;
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (PASSED_OVER.has(inner) || (inner.startsWith('usr') && !IN_USR.test(inner) && !entry.isFile()))
      continue;
    if (entry.isSymbolicLink()) found.links.set(inner, await readlink(join(folder, inner)).catch(() => ''));
    else if (entry.isFile()) {
      if (!inner.startsWith('usr/') || IN_USR.test(path)) found.files.push(inner);
    } else if (entry.isDirectory()) {
      const { mode } = await lstat(join(folder, inner));
      found.directories.push({ path: inner, mode: mode & 0o7777 });
      // A member's data is as large as it likes.
      const isData = entry.name === 'member' && !inner.startsWith('etc/');
      if (depth < MAX_DEPTH && !isData && entry.name !== 'node_modules')
        await walk(folder, inner, found, depth + 1);
    }
  }
}

async function readOne(folder: string, path: string, names: AccountNames): Promise<RootFile | undefined> {
  try {
    const { size, mode, uid, gid } = await lstat(join(folder, path));
    if (size > MAX_FILE_BYTES) return undefined;
    const bytes = await readFile(join(folder, path));
    // Only root extracts and copies owners; anybody else owns all of it himself.
    const isTold = process.getuid?.() === 0 || uid !== process.getuid?.();
    return {
      path,
      bytes,
      mode: mode & 0o7777,
      ...(isTold ? { owner: { user: names.user(uid), group: names.group(gid) } } : {}),
    };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw describeSystemError(error, 'read it');
  }
}

/** A link's target that the walk passed over, such as a certificate below /etc/ssl/certs. */
async function readLinked(folder: string, path: string, names: AccountNames): Promise<RootFile | undefined> {
  if (/^(?:proc|sys|dev)(?:\/|$)/.test(path)) return undefined;
  const stat = await lstat(join(folder, path)).catch(() => undefined);
  return stat?.isFile() === true ? readOne(folder, path, names) : undefined;
}

/** `lib` leads to `usr/lib` on most hosts: what lies below is there under both names. */
function linkFolders(links: ReadonlyMap<string, string>, files: Map<string, RootFile>): void {
  for (const path of links.keys()) {
    if (files.has(path)) continue;
    const target = followLinks(path, links);
    if (target === undefined || target === '') continue;
    for (const [name, file] of [...files]) {
      const inner = name.startsWith(`${target}/`) ? `${path}${name.slice(target.length)}` : undefined;
      if (inner !== undefined && !files.has(inner) && files.size < MAX_FILES)
        files.set(inner, { ...file, path: inner, linkTo: file.linkTo ?? name });
    }
  }
}

async function accountNames(folder: string): Promise<AccountNames> {
  const [users, groups] = await Promise.all(
    ['etc/passwd', 'etc/group'].map(async (path) => {
      const text = await readFile(join(folder, path), 'utf8').catch(() => '');
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
