import type { SystemdSection } from '../../cluster-spec.js';
import { directiveValues, isOn, lastValue, readBoolean } from '../../systemd/directive-values.js';
import { HOMES, TEMPORARY } from '../../systemd/sandbox-folders.js';
import { splitQuotedWords } from '../../systemd/words.js';
import { normalizePath } from '../../text/path.js';
import { UNIT_DIRECTORIES } from '../account/unit-directories.js';

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
  /** Where what the service sees at a path lies on the host. */
  readonly hostPath: (path: string) => string;
  /** The directive that keeps a program from being executed, such as `NoExecPaths=/`. */
  readonly noExecAt: (path: string) => string | undefined;
  /** Folders of the host that the unit names for mounts, without which it does not start. */
  readonly sources: readonly { readonly path: string; readonly cause: string }[];
}

interface Mount {
  readonly path: string;
  /** Nothing can be mounted below what is `inaccessible`; below an empty file system, which is `none` too, it can. */
  readonly access: SandboxAccess | 'inaccessible';
  readonly cause: string;
  /** On the host, where it is another place. */
  readonly source?: string;
}

const SYSTEM: readonly string[] = ['/usr', '/boot', '/efi'];
const KERNEL: readonly string[] = ['/dev', '/proc', '/sys'];

/**
 * Reads what systemd would mount for a unit: the longest path that holds a file decides, unless something inaccessible is above it
 * (systemd.exec(5), "Sandboxing"; systemd `src/core/namespace.c`, drop_inaccessible). What is in an image (RootImage=) is not known.
 *
 * @internal
 */
export function sandboxOf(
  sections: readonly SystemdSection[],
  isThere: (path: string) => boolean = () => true,
): Sandbox {
  const top = lastValue(sections, 'RootDirectory');
  const mounts = [
    ...listedMounts(sections, isThere),
    ...ownFolders(sections),
    ...homeMounts(sections),
    ...temporaryMounts(sections),
    ...systemMounts(sections),
  ];
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
    hostPath: (path) => {
      const wanted = normalizePath(path);
      const bound = mounts
        .filter(
          ({ source, path: at }) => source !== undefined && (wanted === at || wanted.startsWith(`${at}/`)),
        )
        .toSorted((a, b) => b.path.length - a.path.length)[0];
      if (bound?.source !== undefined)
        return normalizePath(`${bound.source}${wanted.slice(bound.path.length)}`);
      return top === '' || top === '/' ? wanted : normalizePath(`${top}${wanted}`);
    },
    noExecAt: (path) => noExecAt(sections, normalizePath(path)),
    sources: sourcesOf(sections),
  };
}

/**
 * `strict` leaves the homes to ProtectHome= (systemd `src/core/namespace.c`, protect_system_strict_table). DynamicUser= implies
 * ProtectSystem=strict and ProtectHome=read-only, overriding other values.
 */
function systemMounts(sections: readonly SystemdSection[]): readonly Mount[] {
  const isDynamic = isOn(sections, 'DynamicUser');
  const given = directiveValues(sections, 'ProtectSystem').findLast(
    (value) => value === 'strict' || value === 'full' || readBoolean(value) !== undefined,
  );
  const level = isDynamic ? 'strict' : (given ?? '');
  const cause = isDynamic ? 'DynamicUser=yes' : `ProtectSystem=${level}`;
  const readOnly = (path: string): Mount => ({ path, access: 'read', cause });
  if (level === 'strict')
    return [readOnly('/'), ...[...KERNEL, ...HOMES].map((path): Mount => ({ path, access: 'write', cause }))];
  if (level === 'full') return [...SYSTEM, '/etc'].map(readOnly);
  return readBoolean(level) === true ? SYSTEM.map(readOnly) : [];
}

function homeMounts(sections: readonly SystemdSection[]): readonly Mount[] {
  const level =
    directiveValues(sections, 'ProtectHome').findLast(
      (value) => value === 'tmpfs' || value === 'read-only' || readBoolean(value) !== undefined,
    ) ?? '';
  const mounts = (access: Mount['access'], cause: string): readonly Mount[] =>
    HOMES.map((path) => ({ path, access, cause }));
  if (readBoolean(level) === true) return mounts('inaccessible', `ProtectHome=${level}`);
  if (level === 'tmpfs') return mounts('none', 'ProtectHome=tmpfs');
  if (level === 'read-only') return mounts('read', 'ProtectHome=read-only');
  return isOn(sections, 'DynamicUser') ? mounts('read', 'DynamicUser=yes') : [];
}

function temporaryMounts(sections: readonly SystemdSection[]): readonly Mount[] {
  const value = directiveValues(sections, 'PrivateTmp').at(-1) ?? '';
  const isDynamic = isOn(sections, 'DynamicUser');
  if (readBoolean(value) !== true && value !== 'disconnected' && !isDynamic) return [];
  const cause = isDynamic ? 'DynamicUser=yes' : `PrivateTmp=${value}`;
  return TEMPORARY.map((path): Mount => ({ path, access: 'empty', cause }));
}

function ownFolders(sections: readonly SystemdSection[]): readonly Mount[] {
  return Object.entries(UNIT_DIRECTORIES).flatMap(([directive, base]) =>
    wordsOf(sections, directive).map((word): Mount => {
      const [folder = ''] = word.split(':');
      return { path: normalizePath(`${base}/${folder}`), access: 'write', cause: `${directive}=${folder}` };
    }),
  );
}

function listedMounts(
  sections: readonly SystemdSection[],
  isThere: (path: string) => boolean,
): readonly Mount[] {
  const listed = (directives: readonly string[], access: Mount['access']): readonly Mount[] =>
    directives.flatMap((directive) =>
      wordsOf(sections, directive).map((word): Mount => {
        const path = normalizePath(word.replace(/^[-+]*/, ''));
        return { path, access, cause: `${directive}=${path}` };
      }),
    );
  const bound = (directive: string, access: SandboxAccess): readonly Mount[] =>
    wordsOf(sections, directive).flatMap((word): readonly Mount[] => {
      const [source = '', target = source] = word.replace(/^-/, '').split(':');
      if (word.startsWith('-') && !isThere(normalizePath(source))) return [];
      return [
        {
          path: normalizePath(target || source),
          access,
          cause: `${directive}=${source}`,
          source: normalizePath(source),
        },
      ];
    });
  const temporary = wordsOf(sections, 'TemporaryFileSystem').map((word): Mount => {
    const [path = '', options = ''] = word.split(':');
    const isReadOnly = options.split(',').includes('ro');
    return {
      path: normalizePath(path),
      access: isReadOnly ? 'none' : 'empty',
      cause: `TemporaryFileSystem=${path}`,
    };
  });
  return [
    ...listed(['ReadWritePaths', 'ReadWriteDirectories'], 'write'),
    ...listed(['ReadOnlyPaths', 'ReadOnlyDirectories'], 'read'),
    ...bound('BindPaths', 'write'),
    ...bound('BindReadOnlyPaths', 'read'),
    ...listed(['InaccessiblePaths', 'InaccessibleDirectories'], 'inaccessible'),
    ...temporary,
  ];
}

/** The longest path that holds it decides. */
function noExecAt(sections: readonly SystemdSection[], path: string): string | undefined {
  const listed = (directive: string): readonly (readonly [path: string, directive: string])[] =>
    wordsOf(sections, directive).map((word) => [normalizePath(word.replace(/^[-+]*/, '')), directive]);
  const [decisive] = [...listed('ExecPaths'), ...listed('NoExecPaths')]
    .filter(([folder]) => folder === '/' || path === folder || path.startsWith(`${folder}/`))
    .toSorted(([a], [b]) => b.length - a.length);
  return decisive?.[1] === 'NoExecPaths' ? `NoExecPaths=${decisive[0]}` : undefined;
}

/** Paths that a mount needs, without those that may be missing (`-`). */
function sourcesOf(sections: readonly SystemdSection[]): Sandbox['sources'] {
  const isOptional = (word: string): boolean => /^\+?-/.test(word);
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
    wordsOf(sections, directive).flatMap((word) => {
      if (isOptional(word)) return [];
      const path = normalizePath(
        word.replace(/^\+/, '').split(directive.startsWith('Bind') ? ':' : '\0')[0] ?? '',
      );
      return [{ path, cause: `${directive}=${word}` }];
    }),
  );
  return [...root, ...named];
}

function wordsOf(sections: readonly SystemdSection[], directive: string): readonly string[] {
  return directiveValues(sections, directive)
    .flatMap((line) => splitQuotedWords(line) ?? [])
    .map(({ value }) => value);
}
