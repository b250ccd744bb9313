import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { HostRoot, OpenedPath, RootDirectory, RootFile } from '../../host/host-root.js';
import { isNamedAsCertificate, type RootGap } from '../../host/root-gap.js';
import { describeSystemError, systemErrorCode } from '../system-error.js';
import { isConfiguration, MAX_FILES } from './input.js';
import { irregularKind } from './regular-file.js';
import { NOTHING, openRoot, type RootOpener } from './root-opener.js';

/** What holds no configuration, and much else; relative to the root. What a unit names there is opened by its name. */
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
  /^usr(?:\/(?:lib(?:\/(?:systemd|tmpfiles\.d|sysusers\.d)(?:\/.*)?)?|local(?:\/(?:etc|lib|share)(?:\/.*)?)?|share(?:\/containers(?:\/.*)?)?))?$/;
/** Where units and manifests lie comes before what people keep. */
const FIRST: readonly string[] = ['etc', 'usr', 'lib', 'run', 'opt', 'srv', 'var'];
const MAX_ENTRIES = 200_000;
const MAX_DEPTH = 24;

/**
 * Reads the configuration files and certificates of an extracted host root, or of any smaller folder. Links are followed inside the
 * root, never out of it; what is not among the files can be opened by its name.
 *
 * @param name - of the root; absent: the folder's own, links resolved
 * @throws EtcdBundleError `system` where the folder itself cannot be read
 * @internal
 */
export async function readHostFolder(folder: string, name?: string): Promise<HostRoot> {
  const opener = await openRoot(folder);
  const walk = new Walk(opener);
  await walk.enter('', 0);
  const { files, gaps } = await readFound(walk, opener);
  return {
    name: name ?? (basename(opener.location) || '/'),
    files: [...files.values()],
    directories: walk.directories,
    location: opener.location,
    open: opener.open,
    gaps: [...walk.gaps, ...gaps],
  };
}

class Walk {
  readonly files: string[] = [];
  readonly links: string[] = [];
  readonly directories: RootDirectory[] = [];
  readonly gaps: RootGap[] = [];
  readonly #opener: RootOpener;
  readonly #location: string;
  #entries = 0;

  constructor(opener: RootOpener) {
    this.#opener = opener;
    this.#location = opener.location;
  }

  async enter(path: string, depth: number): Promise<void> {
    for (const entry of await this.#list(path)) {
      this.#entries += 1;
      if (this.#entries === MAX_ENTRIES)
        this.gaps.push({ path: '', why: `holds more than ${MAX_ENTRIES} files and folders`, kind: 'limit' });
      if (this.#entries >= MAX_ENTRIES) return;
      await this.#visit(entry, path, depth);
    }
  }

  async #visit(entry: Dirent, path: string, depth: number): Promise<void> {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (PASSED_OVER.has(inner) || (inner.startsWith('usr') && !IN_USR.test(inner) && !entry.isFile())) return;
    if (entry.name.includes('\uFFFD') && !(await isThere(join(this.#location, inner)))) {
      this.gaps.push({ path: inner, why: 'has a name that is not UTF-8', kind: 'refused' });
      return;
    }
    if (entry.isSymbolicLink()) this.links.push(inner);
    else if (entry.isFile()) {
      if (!inner.startsWith('usr/') || IN_USR.test(path)) this.files.push(inner);
    } else if (entry.isDirectory()) {
      const status = await lstat(join(this.#location, inner)).catch(() => undefined);
      const told =
        status === undefined ? {} : { mode: status.mode & 0o7777, ...this.#opener.ownerOf(status) };
      this.directories.push({ path: inner, ...told });
      // A member's data is as large as it likes.
      const isData = entry.name === 'member' && !inner.startsWith('etc/');
      if (isData || entry.name === 'node_modules') return;
      if (depth < MAX_DEPTH) await this.enter(inner, depth + 1);
      else this.gaps.push({ path: inner, why: `lies more than ${MAX_DEPTH} folders deep`, kind: 'limit' });
    } else if (isNamedAsCertificate(inner)) {
      const status = await lstat(join(this.#location, inner)).catch(() => undefined);
      const kind = status === undefined ? undefined : irregularKind(status);
      if (kind !== undefined) this.gaps.push({ path: inner, why: `is ${kind}`, kind: 'irregular' });
    }
  }

  async #list(path: string): Promise<readonly Dirent[]> {
    try {
      const entries = await readdir(join(this.#location, path), { withFileTypes: true });
      const rank = ({ name }: Dirent): number =>
        path === '' && FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length;
      return entries.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
    } catch (error) {
      if (path === '') throw describeSystemError(error, 'read it');
      const code = systemErrorCode(error);
      if (code !== 'ENOENT') this.gaps.push({ path, why: `cannot be read (${code})`, kind: 'refused' });
      return [];
    }
  }
}

async function readFound(
  { files: paths, links }: Walk,
  { open }: RootOpener,
): Promise<{ readonly files: ReadonlyMap<string, RootFile>; readonly gaps: readonly RootGap[] }> {
  const files = new Map<string, RootFile>();
  const gaps: RootGap[] = [];
  if (Math.max(paths.length, links.length) > MAX_FILES)
    gaps.push({ path: '', why: `holds more than ${MAX_FILES} files or links`, kind: 'limit' });
  for (const path of paths.slice(0, MAX_FILES)) {
    const opened = await open(path);
    if (opened.type === 'file') files.set(path, opened.file);
    else if (opened.type === 'unread' && !opened.why.startsWith('is larger'))
      gaps.push({ path, why: opened.why, kind: opened.why.startsWith('is not read') ? 'limit' : 'refused' });
    // What is large elsewhere is no configuration, and opened by its name all the same.
    else if (opened.type === 'unread' && (isConfiguration(path) || isNamedAsCertificate(path)))
      gaps.push({ path, why: opened.why, kind: 'left out' });
  }
  const folders: { readonly path: string; readonly target: string }[] = [];
  for (const path of links.slice(0, MAX_FILES)) {
    const opened = await open(path);
    if (opened.type === 'file') files.set(path, { ...opened.file, path, linkTo: opened.file.path });
    else if (opened.type === 'directory') folders.push({ path, target: opened.directory.path });
    else if (opened.type === 'unread' && opened.why === NOTHING)
      files.set(path, { path, bytes: new Uint8Array(), linkTo: 'dev/null' });
    else if (isNamedAsCertificate(path)) gaps.push(brokenLink(path, opened));
  }
  linkFolders(folders, files);
  return { files, gaps };
}

function brokenLink(path: string, opened: OpenedPath): RootGap {
  const why = opened.type === 'unread' ? opened.why : 'leads to nothing below the root';
  return { path, why: `is a link that ${why}`, kind: 'irregular' };
}

/** `lib` leads to `usr/lib` on most hosts: what lies below is there under both names. */
function linkFolders(
  folders: readonly { readonly path: string; readonly target: string }[],
  files: Map<string, RootFile>,
): void {
  if (folders.length === 0) return;
  const byFolder = new Map<string, string[]>();
  for (const name of files.keys())
    for (let end = name.indexOf('/'); end > 0; end = name.indexOf('/', end + 1)) {
      const folder = name.slice(0, end);
      const names = byFolder.get(folder);
      if (names === undefined) byFolder.set(folder, [name]);
      else names.push(name);
    }
  for (const { path, target } of folders)
    for (const name of byFolder.get(target) ?? []) {
      const inner = `${path}${name.slice(target.length)}`;
      const file = files.get(name);
      if (file !== undefined && !files.has(inner) && files.size < MAX_FILES)
        files.set(inner, { ...file, path: inner, linkTo: file.linkTo ?? name });
    }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
