import { isWithin, normalizePath, parentOf } from '../../text/path.js';
import { lastValue, readBoolean } from '../directive-values.js';
import { isNotifying } from '../notifying.js';
import { directiveOf, MOUNTING } from '../sandbox/mounts.js';
import { unitFolders } from '../sandbox/unit-folders.js';
import type { ServiceProblem, ServiceRule, ServiceView, WrittenPath } from './service-rule.js';

/** What opens a folder again that others close. */
const OPENING: readonly string[] = ['ReadWritePaths', 'StateDirectory', 'BindPaths'];
/** systemd passes it by NOTIFY_SOCKET= (sd_notify(3)), and mounts it itself below RootDirectory= alone. */
const NOTIFY_SOCKET = '/run/systemd/notify';

/**
 * Paths that etcd needs and the unit's mounts take away (systemd.exec(5), "Sandboxing", "Paths").
 *
 * @internal
 */
export const pathRules: readonly ServiceRule[] = [
  {
    id: 'file-hidden',
    level: 'error',
    reads: [...MOUNTING, 'WorkingDirectory', 'Type'],
    *check(view) {
      yield* hiddenFiles(view);
      yield* hiddenProgram(view);
      yield* hiddenWorkingDirectory(view);
      yield* hiddenSocket(view);
    },
  },
  {
    id: 'program-not-executable',
    level: 'error',
    reads: ['NoExecPaths', 'ExecPaths'],
    *check({ sandbox, binary }) {
      const cause = binary === '' ? undefined : sandbox.noExecAt(binary);
      if (cause === undefined) return;
      yield {
        directives: ['NoExecPaths', 'ExecPaths'],
        message: `${cause} keeps ${binary} from being executed.`,
        cure: `Write ExecPaths=${binary}.`,
        says: `Failed at step EXEC spawning ${binary}: Permission denied`,
      };
    },
  },
  {
    id: 'mount-below-empty',
    level: 'error',
    reads: MOUNTING,
    *check({ sandbox }) {
      for (const { path, cause, below } of sandbox.lostSources)
        yield {
          directives: [directiveOf(below), directiveOf(cause)],
          message: `${cause} needs ${path}, which is not there any more once ${below} is applied: systemd does not start the unit.`,
          cure: `Remove one of the two, or write ${directiveOf(cause)}=-${path}.`,
          says: `Failed to set up mount namespacing: ${path}: No such file or directory (status=226/NAMESPACE)`,
        };
    },
  },
  {
    id: 'folder-not-writable',
    level: 'error',
    reads: MOUNTING,
    *check(view) {
      for (const { setting, path } of view.writes) yield* notWritable(view, setting, path);
    },
  },
  {
    id: 'data-not-kept',
    level: 'warning',
    reads: [...MOUNTING, 'RuntimeDirectoryPreserve'],
    *check(view) {
      for (const written of view.writes) yield* lostData(view, written);
      const runtime = removedFolders(view);
      for (const path of view.reads) {
        const folder = runtime.find((one) => isWithin(path, one.path));
        if (folder === undefined) continue;
        yield {
          directives: ['RuntimeDirectory', 'RuntimeDirectoryPreserve'],
          message: `${folder.cause} makes systemd remove ${folder.path}, and ${path} with it, when etcd stops.`,
          cure: 'Write RuntimeDirectoryPreserve=yes, or keep the file elsewhere.',
        };
      }
    },
  },
];

function* hiddenFiles({ sandbox, account, reads }: ServiceView): Generator<ServiceProblem> {
  for (const path of new Set(reads)) {
    if (!isHidden(sandbox, path)) continue;
    const cause = sandbox.causeAt(path) ?? '';
    yield {
      directives: [directiveOf(cause)],
      message: `${cause} hides ${path} from etcd.`,
      cure: `Remove ${cause}, or keep the file elsewhere.`,
      says: `open ${path}: ${whyNot(sandbox, account, path)}`,
    };
  }
}

function* hiddenProgram({ sandbox, account, binary }: ServiceView): Generator<ServiceProblem> {
  if (binary === '' || !isHidden(sandbox, binary)) return;
  const cause = sandbox.causeAt(binary) ?? '';
  yield {
    directives: [directiveOf(cause)],
    message: `${cause} hides ${binary}, which ExecStart names.`,
    cure: `Remove ${cause}, or install etcd elsewhere.`,
    says: `Failed at step EXEC spawning ${binary}: ${capitalized(whyNot(sandbox, account, binary))}`,
  };
}

/** Where a data directory is the working directory, it has to be there before etcd could make it. */
function* hiddenWorkingDirectory({ sections, sandbox, account }: ServiceView): Generator<ServiceProblem> {
  const folder = lastValue(sections, 'WorkingDirectory');
  if (!folder.startsWith('/')) return;
  const path = normalizePath(folder);
  const mount = sandbox.mountAt(path);
  const isClosed = mount?.kind === 'inaccessible' && !account.capabilities.has('CAP_DAC_OVERRIDE');
  if (mount === undefined || !(isClosed || sandbox.isAbsent(path))) return;
  yield {
    directives: [directiveOf(mount.cause), 'WorkingDirectory'],
    message: `${mount.cause} hides ${path}, which is WorkingDirectory=.`,
    cure: `Remove ${mount.cause}, or write WorkingDirectory=/.`,
    says: `Changing to the requested working directory failed: ${capitalized(whyNot(sandbox, account, path))} (status=200/CHDIR)`,
  };
}

function* hiddenSocket({ sections, sandbox }: ServiceView): Generator<ServiceProblem> {
  const isOwnRoot = !['', '/'].includes(lastValue(sections, 'RootDirectory'));
  if (!isNotifying(sections) || isOwnRoot || !isHidden(sandbox, NOTIFY_SOCKET)) return;
  const cause = sandbox.causeAt(NOTIFY_SOCKET) ?? '';
  yield {
    directives: [directiveOf(cause), 'Type'],
    message: `${cause} hides ${NOTIFY_SOCKET}, through which etcd tells systemd that it has started.`,
    cure: `Write BindPaths=${NOTIFY_SOCKET}, or remove ${cause}.`,
    says: 'failed to notify systemd for readiness',
  };
}

function* notWritable(view: ServiceView, setting: string, path: string): Generator<ServiceProblem> {
  const { sandbox } = view;
  const access = sandbox.accessTo(path);
  const mount = sandbox.mountAt(path);
  if (access === 'write' || mount === undefined) return;
  const { cause } = mount;
  const folder = parentOf(path);
  if (access === 'empty') {
    const isMissing = setting === 'log-outputs' && sandbox.isAbsent(folder);
    if (isWritableForAll(view, path) && !isMissing) return;
    yield {
      directives: [directiveOf(cause)],
      setting,
      message: `${cause} puts an empty file system at ${path}, the ${setting} of etcd: ${isMissing ? `${folder} does not exist there` : 'its user may not write there'}.`,
      cure: `Move ${setting} elsewhere, or remove ${cause}.`,
      says: saysOf(setting, path, isMissing ? 'no such file or directory' : 'permission denied'),
    };
    return;
  }
  const advice =
    access === 'read'
      ? {
          message: `${cause} does not let etcd write ${path}, its ${setting}.`,
          cure: `Write ReadWritePaths=${setting === 'data-dir' ? path : folder}.`,
        }
      : {
          message: `${cause} hides ${path}, its ${setting}, from etcd.`,
          cure: `Remove ${cause}, or move ${setting} elsewhere.`,
        };
  yield {
    directives: [directiveOf(cause), ...(access === 'read' ? OPENING : [])],
    setting,
    ...advice,
    says: saysOf(setting, path, access === 'read' ? 'read-only file system' : 'permission denied'),
  };
}

function saysOf(setting: string, path: string, reason: string): string {
  return setting === 'log-outputs'
    ? `open sink "${path}": open ${path}: ${reason}`
    : 'cannot access data directory';
}

/** What is written into an empty file system, or a folder that systemd removes, ends with the service. */
function* lostData(view: ServiceView, { setting, path }: WrittenPath): Generator<ServiceProblem> {
  const { sandbox } = view;
  const cause = sandbox.causeAt(path) ?? '';
  if (sandbox.accessTo(path) === 'empty' && isWritableForAll(view, path))
    yield {
      directives: [directiveOf(cause)],
      message: `${cause} puts an empty file system at ${path}, the ${setting} of etcd: what it writes there is lost when it stops.`,
      cure: `Move ${setting} elsewhere, or remove ${cause}.`,
    };
  const folder = removedFolders(view).find((one) => isWithin(path, one.path));
  if (folder !== undefined)
    yield {
      directives: ['RuntimeDirectory', 'RuntimeDirectoryPreserve'],
      message: `${folder.cause} makes systemd remove ${folder.path}, and with it the ${setting} of etcd, when it stops.`,
      cure: `Write RuntimeDirectoryPreserve=yes, or move ${setting} elsewhere.`,
    };
}

function removedFolders({
  sections,
}: ServiceView): readonly { readonly path: string; readonly cause: string }[] {
  const value = lastValue(sections, 'RuntimeDirectoryPreserve');
  if (readBoolean(value) === true) return [];
  return unitFolders(sections).filter(({ directive }) => directive === 'RuntimeDirectory');
}

/** An empty file system is root's, mode 0755, unless it is /tmp. */
function isWritableForAll({ sandbox, account }: ServiceView, path: string): boolean {
  return sandbox.mountAt(path)?.kind === 'private' || account.isRoot;
}

function isHidden(sandbox: ServiceView['sandbox'], path: string): boolean {
  const access = sandbox.accessTo(path);
  return access === 'none' || access === 'empty';
}

/** What is inaccessible is a folder that root alone may enter, and empty (systemd `src/core/namespace.c`). */
function whyNot(sandbox: ServiceView['sandbox'], account: ServiceView['account'], path: string): string {
  const isClosed = sandbox.mountAt(path)?.kind === 'inaccessible' && !account.isRoot;
  return isClosed ? 'permission denied' : 'no such file or directory';
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
