import type { SystemdSection } from '../../cluster-spec.js';
import { normalizePath } from '../../text/path.js';
import { directiveValues, isOn, readBoolean } from '../directive-values.js';
import { directiveWords } from '../directive-words.js';
import { HOMES, TEMPORARY } from './protected-folders.js';
import { unitFolders } from './unit-folders.js';

/**
 * What systemd puts at a path, the strongest first: of two at one path the first stands, and is read-only where either is (systemd
 * `src/core/namespace.c`, enum MountMode, drop_duplicates). `empty` is a file system that nothing can be seen through, `open` what
 * the host has there.
 *
 * @internal
 */
export const MOUNT_KINDS = [
  'inaccessible',
  'bind',
  'private',
  'read-only',
  'writable',
  'empty',
  'open',
] as const;

/** @internal */
export interface Mount {
  readonly path: string;
  readonly kind: (typeof MOUNT_KINDS)[number];
  readonly isReadOnly: boolean;
  /** The directive and its value, as `ProtectSystem=strict`. */
  readonly cause: string;
  /** Where what is bound lies on the host, if it is another place. */
  readonly source?: string;
  /** Of what is mounted over itself: whether it has to be there, or systemd does not start the unit. */
  readonly presence?: 'required' | 'optional';
}

type Reader = (sections: readonly SystemdSection[], isThere: (path: string) => boolean) => readonly Mount[];

const SYSTEM: readonly string[] = ['/usr', '/boot', '/efi'];
const KERNEL: readonly string[] = ['/dev', '/proc', '/sys'];

/**
 * What each directive mounts (systemd.exec(5), "Sandboxing", "Paths"). What is in an image (RootImage=, MountImages=) is not known, and
 * what the kernel's own file systems lose (ProtectKernelTunables= and its kin) etcd does not use.
 */
const MOUNTS: Readonly<Record<string, Reader>> = {
  InaccessiblePaths: listed('InaccessiblePaths', 'inaccessible'),
  InaccessibleDirectories: listed('InaccessibleDirectories', 'inaccessible'),
  BindPaths: bound('BindPaths', false),
  BindReadOnlyPaths: bound('BindReadOnlyPaths', true),
  RuntimeDirectory: ownFolders('RuntimeDirectory'),
  StateDirectory: ownFolders('StateDirectory'),
  CacheDirectory: ownFolders('CacheDirectory'),
  LogsDirectory: ownFolders('LogsDirectory'),
  ConfigurationDirectory: ownFolders('ConfigurationDirectory'),
  PrivateTmp: privateTmp,
  ReadOnlyPaths: listed('ReadOnlyPaths', 'read-only'),
  ReadOnlyDirectories: listed('ReadOnlyDirectories', 'read-only'),
  ProtectSystem: protectSystem,
  ProtectHome: protectHome,
  ReadWritePaths: listed('ReadWritePaths', 'writable'),
  ReadWriteDirectories: listed('ReadWriteDirectories', 'writable'),
  TemporaryFileSystem: temporary,
};

/**
 * The directives that mount something.
 *
 * @internal
 */
export const MOUNTING: readonly string[] = Object.keys(MOUNTS);

/**
 * The directive of what causes a mount: `ProtectSystem` of `ProtectSystem=strict`.
 *
 * @internal
 */
export function directiveOf(cause: string): string {
  return cause.split('=')[0] ?? '';
}

/**
 * What systemd mounts for a unit.
 *
 * @param isThere - whether the host has a path; of a bind that is optional (`-`) nothing is mounted where it has not
 * @internal
 */
export function mountsOf(
  sections: readonly SystemdSection[],
  isThere: (path: string) => boolean,
): readonly Mount[] {
  return Object.values(MOUNTS).flatMap((read) => read(sections, isThere));
}

function listed(directive: string, kind: Mount['kind']): Reader {
  return (sections) =>
    directiveWords(sections, directive).map((word): Mount => {
      const path = normalizePath(word.replace(/^[-+]*/, ''));
      return {
        path,
        kind,
        isReadOnly: kind === 'read-only',
        cause: `${directive}=${path}`,
        presence: isOptional(word) ? 'optional' : 'required',
      };
    });
}

function bound(directive: string, isReadOnly: boolean): Reader {
  return (sections, isThere) =>
    directiveWords(sections, directive).flatMap((word): readonly Mount[] => {
      const [first = '', second = first] = word.replace(/^-/, '').split(':');
      const source = normalizePath(first);
      if (isOptional(word) && !isThere(source)) return [];
      const path = normalizePath(second === '' ? first : second);
      return [{ path, kind: 'bind', isReadOnly, cause: `${directive}=${first}`, source }];
    });
}

/**
 * Whether a path may be missing: `-` in front, behind `+` for what is below RootDirectory=.
 *
 * @internal
 */
export function isOptional(word: string): boolean {
  return /^\+?-/.test(word);
}

/** Each is bound to itself (systemd `src/core/execute.c`, compile_bind_mounts). */
function ownFolders(wanted: string): Reader {
  return (sections) =>
    unitFolders(sections)
      .filter(({ directive }) => directive === wanted)
      .map(({ path, cause }): Mount => ({ path, kind: 'bind', isReadOnly: false, cause }));
}

function privateTmp(sections: readonly SystemdSection[]): readonly Mount[] {
  const value =
    directiveValues(sections, 'PrivateTmp').findLast(
      (text) => text === 'disconnected' || readBoolean(text) !== undefined,
    ) ?? '';
  const isDynamic = isOn(sections, 'DynamicUser');
  if (readBoolean(value) !== true && value !== 'disconnected' && !isDynamic) return [];
  const cause = isDynamic ? 'DynamicUser=yes' : `PrivateTmp=${value}`;
  return TEMPORARY.map((path): Mount => ({ path, kind: 'private', isReadOnly: false, cause }));
}

/**
 * `strict` leaves the homes to ProtectHome= (systemd `src/core/namespace.c`, protect_system_strict_table). DynamicUser= implies
 * ProtectSystem=strict and ProtectHome=read-only, overriding other values.
 */
function protectSystem(sections: readonly SystemdSection[]): readonly Mount[] {
  const isDynamic = isOn(sections, 'DynamicUser');
  const given = directiveValues(sections, 'ProtectSystem').findLast(
    (value) => value === 'strict' || value === 'full' || readBoolean(value) !== undefined,
  );
  const level = isDynamic ? 'strict' : (given ?? '');
  const cause = isDynamic ? 'DynamicUser=yes' : `ProtectSystem=${level}`;
  const readOnly = (path: string): Mount => ({ path, kind: 'read-only', isReadOnly: true, cause });
  if (level === 'strict')
    return [
      readOnly('/'),
      ...[...KERNEL, ...HOMES].map((path): Mount => ({ path, kind: 'open', isReadOnly: false, cause })),
    ];
  if (level === 'full') return [...SYSTEM, '/etc'].map(readOnly);
  return readBoolean(level) === true ? SYSTEM.map(readOnly) : [];
}

function protectHome(sections: readonly SystemdSection[]): readonly Mount[] {
  const level =
    directiveValues(sections, 'ProtectHome').findLast(
      (value) => value === 'tmpfs' || value === 'read-only' || readBoolean(value) !== undefined,
    ) ?? '';
  const mounts = (kind: Mount['kind'], cause: string): readonly Mount[] =>
    HOMES.map((path) => ({ path, kind, isReadOnly: kind === 'read-only', cause }));
  if (readBoolean(level) === true) return mounts('inaccessible', `ProtectHome=${level}`);
  if (level === 'tmpfs') return mounts('empty', 'ProtectHome=tmpfs');
  if (level === 'read-only') return mounts('read-only', 'ProtectHome=read-only');
  return isOn(sections, 'DynamicUser') ? mounts('read-only', 'DynamicUser=yes') : [];
}

function temporary(sections: readonly SystemdSection[]): readonly Mount[] {
  return directiveWords(sections, 'TemporaryFileSystem').map((word): Mount => {
    const [path = '', options = ''] = word.split(':');
    return {
      path: normalizePath(path),
      kind: 'empty',
      isReadOnly: options.split(',').includes('ro'),
      cause: `TemporaryFileSystem=${path}`,
    };
  });
}
