import type { SystemdSection } from '../../cluster-spec.js';
import { splitQuotedWords } from '../../systemd/words.js';
import { normalizePath } from '../../text/path.js';
import { directiveValues } from './unit-fragments.js';

/**
 * What a service can do below a folder, given its unit's mounts: `none` where nothing of the host is left there.
 *
 * @internal
 */
export type SandboxAccess = 'write' | 'read' | 'none';

/** @internal */
export interface Sandbox {
  readonly accessTo: (path: string) => SandboxAccess;
  /** The directive that decides about a path, as `ProtectSystem=strict`; undefined where nothing does. */
  readonly causeAt: (path: string) => string | undefined;
}

interface Mount {
  readonly path: string;
  /** Nothing can be mounted below what is `inaccessible`; below an empty file system, which is `none` too, it can. */
  readonly access: SandboxAccess | 'inaccessible';
  readonly cause: string;
}

/** Folders that systemd makes for a unit, and leaves writable (systemd.exec(5), RuntimeDirectory=). */
const OWN_FOLDERS = {
  RuntimeDirectory: '/run',
  StateDirectory: '/var/lib',
  CacheDirectory: '/var/cache',
  LogsDirectory: '/var/log',
  ConfigurationDirectory: '/etc',
} as const;
const SYSTEM: readonly string[] = ['/usr', '/boot', '/efi'];
const HOMES: readonly string[] = ['/home', '/root', '/run/user'];
const KERNEL: readonly string[] = ['/dev', '/proc', '/sys'];
const TRUE: readonly string[] = ['1', 'yes', 'y', 'true', 't', 'on'];

/**
 * Reads what systemd would mount for a unit: the longest path that holds a file decides, unless something inaccessible is above it
 * (systemd.exec(5), "Sandboxing"; systemd `src/core/namespace.c`, drop_inaccessible). A unit with its own root (RootDirectory=,
 * RootImage=) is not judged.
 *
 * @internal
 */
export function sandboxOf(sections: readonly SystemdSection[]): Sandbox {
  const last = (name: string): string => directiveValues(sections, name).at(-1) ?? '';
  const hasOwnRoot = last('RootDirectory') !== '' || last('RootImage') !== '';
  const mounts = hasOwnRoot
    ? []
    : [...listedMounts(sections), ...ownFolders(sections), ...homeMounts(last), ...systemMounts(last)];
  const decisive = (path: string): Mount | undefined => {
    const wanted = normalizePath(path);
    const holding = mounts.filter(
      (mount) => mount.path === '/' || wanted === mount.path || wanted.startsWith(`${mount.path}/`),
    );
    const [longest] = holding.toSorted((a, b) => b.path.length - a.path.length);
    return holding.find(({ access }) => access === 'inaccessible') ?? longest;
  };
  return {
    accessTo: (path) => {
      const access = decisive(path)?.access ?? 'write';
      return access === 'inaccessible' ? 'none' : access;
    },
    causeAt: (path) => decisive(path)?.cause,
  };
}

/**
 * `strict` leaves the homes to ProtectHome= (systemd `src/core/namespace.c`, protect_system_strict_table). DynamicUser= implies
 * ProtectSystem=strict and ProtectHome=read-only, overriding other values.
 */
function systemMounts(last: (name: string) => string): readonly Mount[] {
  const isDynamic = TRUE.includes(last('DynamicUser'));
  const level = isDynamic ? 'strict' : last('ProtectSystem');
  const cause = isDynamic ? 'DynamicUser=yes' : `ProtectSystem=${level}`;
  const readOnly = (path: string): Mount => ({ path, access: 'read', cause });
  if (level === 'strict')
    return [readOnly('/'), ...[...KERNEL, ...HOMES].map((path): Mount => ({ path, access: 'write', cause }))];
  if (level === 'full') return [...SYSTEM, '/etc'].map(readOnly);
  return TRUE.includes(level) ? SYSTEM.map(readOnly) : [];
}

function homeMounts(last: (name: string) => string): readonly Mount[] {
  const level = last('ProtectHome');
  const mounts = (access: Mount['access'], cause: string): readonly Mount[] =>
    HOMES.map((path) => ({ path, access, cause }));
  if (TRUE.includes(level)) return mounts('inaccessible', `ProtectHome=${level}`);
  if (level === 'tmpfs') return mounts('none', 'ProtectHome=tmpfs');
  if (level === 'read-only') return mounts('read', 'ProtectHome=read-only');
  return TRUE.includes(last('DynamicUser')) ? mounts('read', 'DynamicUser=yes') : [];
}

function ownFolders(sections: readonly SystemdSection[]): readonly Mount[] {
  return Object.entries(OWN_FOLDERS).flatMap(([directive, base]) =>
    wordsOf(sections, directive).map((word): Mount => {
      const [folder = ''] = word.split(':');
      return { path: normalizePath(`${base}/${folder}`), access: 'write', cause: `${directive}=${folder}` };
    }),
  );
}

function listedMounts(sections: readonly SystemdSection[]): readonly Mount[] {
  const listed = (directives: readonly string[], access: Mount['access']): readonly Mount[] =>
    directives.flatMap((directive) =>
      wordsOf(sections, directive).map((word): Mount => {
        const path = normalizePath(word.replace(/^[-+]*/, ''));
        return { path, access, cause: `${directive}=${path}` };
      }),
    );
  const bound = (directive: string, access: SandboxAccess): readonly Mount[] =>
    wordsOf(sections, directive).map((word): Mount => {
      const [source = '', target = source] = word.replace(/^-/, '').split(':');
      return { path: normalizePath(target), access, cause: `${directive}=${source}` };
    });
  return [
    ...listed(['ReadWritePaths', 'ReadWriteDirectories'], 'write'),
    ...listed(['ReadOnlyPaths', 'ReadOnlyDirectories'], 'read'),
    ...bound('BindPaths', 'write'),
    ...bound('BindReadOnlyPaths', 'read'),
    ...listed(['InaccessiblePaths', 'InaccessibleDirectories'], 'inaccessible'),
  ];
}

function wordsOf(sections: readonly SystemdSection[], directive: string): readonly string[] {
  return directiveValues(sections, directive)
    .flatMap((line) => splitQuotedWords(line) ?? [])
    .map(({ value }) => value);
}
