import type { SystemdSection } from '../../cluster-spec.js';
import { isWithin, normalizePath } from '../../text/path.js';
import { lastValue } from '../directive-values.js';
import { directiveWords } from '../directive-words.js';
import { isOptional, MOUNT_KINDS, type Mount, mountsOf } from './mounts.js';

/**
 * What a service can do below a folder, given its unit's mounts: `empty` where it can write and nothing of the host is there, `none` where
 * it can neither.
 *
 * @internal
 */
export type SandboxAccess = 'write' | 'read' | 'empty' | 'none';

/** @internal */
export interface Sandbox {
  readonly accessTo: (path: string) => SandboxAccess;
  /** The directive that decides about a path, as `ProtectSystem=strict`; undefined where nothing does. */
  readonly causeAt: (path: string) => string | undefined;
  /** What is mounted at a path or, nearest, above it. */
  readonly mountAt: (path: string) => Mount | undefined;
  /** Whether a mount leaves nothing at a path, not even a folder for another mount. */
  readonly isAbsent: (path: string) => boolean;
  /** Where what the service sees at a path lies on the host. */
  readonly hostPath: (path: string) => string;
  /** The directive that keeps a program from being executed, such as `NoExecPaths=/`. */
  readonly noExecAt: (path: string) => string | undefined;
  /** Folders of the host that the unit names for mounts, without which it does not start. */
  readonly sources: readonly { readonly path: string; readonly cause: string }[];
  /** Paths that are wanted for a mount below an empty file system, where nothing is: systemd does not start the unit. */
  readonly lostSources: readonly { readonly path: string; readonly cause: string; readonly below: string }[];
}

/** Many rules ask about one unit. */
const known = new WeakMap<readonly SystemdSection[], Sandbox>();

/**
 * Reads what systemd would mount for a unit: the longest path that holds a file decides, unless something inaccessible is above it
 * (systemd.exec(5), "Sandboxing"; systemd `src/core/namespace.c`, drop_inaccessible).
 *
 * @param isThere - whether the host has a path; without it every path is taken to be there
 * @internal
 */
export function sandboxOf(sections: readonly SystemdSection[], isThere?: (path: string) => boolean): Sandbox {
  if (isThere !== undefined) return readSandbox(sections, isThere);
  const sandbox = known.get(sections) ?? readSandbox(sections, () => true);
  known.set(sections, sandbox);
  return sandbox;
}

function readSandbox(sections: readonly SystemdSection[], isThere: (path: string) => boolean): Sandbox {
  const top = lastValue(sections, 'RootDirectory');
  const all = distinct(mountsOf(sections, isThere).map((mount) => ({ ...mount, path: seen(mount.path) })));
  const lost = all.flatMap((mount) => {
    const below = mount.presence === undefined ? undefined : emptyAbove(mount, all);
    return below === undefined ? [] : [{ mount, below: below.cause }];
  });
  const mounts = all.filter((mount) => !lost.some((one) => one.mount === mount));
  const holding = (path: string): readonly Mount[] => holdersOf(path, mounts);
  const mountAt = (path: string): Mount | undefined => {
    const [nearest, ...others] = holding(seen(path));
    return [nearest, ...others].find((mount) => mount?.kind === 'inaccessible') ?? nearest;
  };
  return {
    accessTo: (path) => accessOf(mountAt(path)),
    causeAt: (path) => mountAt(path)?.cause,
    mountAt,
    isAbsent: (path) => {
      const mount = mountAt(path);
      const isEmpty = ['inaccessible', 'private', 'empty'].includes(mount?.kind ?? '');
      return isEmpty && !mounts.some((other) => isWithin(other.path, seen(path)));
    },
    hostPath: (path) => {
      const wanted = seen(path);
      const bound = holding(wanted).find(({ source }) => source !== undefined);
      if (bound?.source !== undefined)
        return normalizePath(`${bound.source}/${wanted.slice(bound.path === '/' ? 0 : bound.path.length)}`);
      return top === '' || top === '/' ? normalizePath(path) : normalizePath(`${top}/${path}`);
    },
    noExecAt: (path) => noExecAt(sections, normalizePath(path)),
    sources: sourcesOf(sections),
    lostSources: lost.flatMap(({ mount: { path, cause, presence }, below }) =>
      presence === 'required' ? [{ path, cause, below }] : [],
    ),
  };
}

/** Those at a path and above it, the nearest first. */
function holdersOf(path: string, mounts: readonly Mount[]): readonly Mount[] {
  return mounts
    .filter((mount) => isHeldBy(path, mount.path))
    .toSorted((a, b) => b.path.length - a.path.length);
}

/** The empty file system that hides what is to be mounted over itself; below what is inaccessible nothing is mounted at all. */
function emptyAbove({ path }: Mount, mounts: readonly Mount[]): Mount | undefined {
  const above = holdersOf(path, mounts).filter((mount) => mount.path !== path);
  if (above.some(({ kind }) => kind === 'inaccessible')) return undefined;
  const seen = above.find(({ kind }) => kind === 'bind' || kind === 'private' || kind === 'empty');
  return seen?.kind === 'bind' ? undefined : seen;
}

/** Where systemd is, /var/run leads to /run (file-hierarchy(7)). */
function seen(path: string): string {
  return normalizePath(path).replace(/^\/var\/run(?=\/|$)/, '/run');
}

/** One mount for each path: the strongest, read-only where any is. */
function distinct(mounts: readonly Mount[]): readonly Mount[] {
  const byPath = new Map<string, Mount>();
  const rank = ({ kind }: Mount): number => MOUNT_KINDS.indexOf(kind);
  for (const mount of mounts) {
    const other = byPath.get(mount.path);
    if (other === undefined) {
      byPath.set(mount.path, mount);
      continue;
    }
    const [first, second] = rank(mount) < rank(other) ? [mount, other] : [other, mount];
    const isTightened = second.isReadOnly && !first.isReadOnly && first.kind !== 'inaccessible';
    byPath.set(mount.path, isTightened ? { ...first, isReadOnly: true, cause: second.cause } : first);
  }
  return [...byPath.values()];
}

function accessOf(mount: Mount | undefined): SandboxAccess {
  if (mount === undefined) return 'write';
  switch (mount.kind) {
    case 'inaccessible':
      return 'none';
    case 'private':
    case 'empty':
      return mount.isReadOnly ? 'none' : 'empty';
    case 'bind':
    case 'read-only':
    case 'writable':
    case 'open':
      return mount.isReadOnly ? 'read' : 'write';
  }
}

function isHeldBy(path: string, folder: string): boolean {
  return folder === '/' || isWithin(path, folder);
}

/** The longest path that holds it decides. */
function noExecAt(sections: readonly SystemdSection[], path: string): string | undefined {
  const listed = (directive: string): readonly (readonly [path: string, directive: string])[] =>
    directiveWords(sections, directive).map((word) => [normalizePath(word.replace(/^[-+]*/, '')), directive]);
  const [decisive] = [...listed('ExecPaths'), ...listed('NoExecPaths')]
    .filter(([folder]) => isHeldBy(path, folder))
    .toSorted(([a], [b]) => b.length - a.length);
  return decisive?.[1] === 'NoExecPaths' ? `NoExecPaths=${decisive[0]}` : undefined;
}

/** Paths that a mount needs, without those that may be missing (`-`). */
function sourcesOf(sections: readonly SystemdSection[]): Sandbox['sources'] {
  const top = lastValue(sections, 'RootDirectory');
  const root = top === '' ? [] : [{ path: normalizePath(top), cause: `RootDirectory=${top}` }];
  const named = [
    'ReadWritePaths',
    'ReadOnlyPaths',
    'InaccessiblePaths',
    'ExecPaths',
    'NoExecPaths',
    'BindPaths',
    'BindReadOnlyPaths',
  ].flatMap((directive) =>
    directiveWords(sections, directive).flatMap((word) => {
      if (isOptional(word)) return [];
      const path = normalizePath(
        word.replace(/^\+/, '').split(directive.startsWith('Bind') ? ':' : '\0')[0] ?? '',
      );
      return [{ path, cause: `${directive}=${word}` }];
    }),
  );
  return [...root, ...named];
}
