import type { MemberView } from '../../host/member-view.js';
import { sandboxOf } from '../../host/service/sandbox.js';
import { dataDirectoryOf, logFilesOf, readFiles, walDirectoryOf } from '../../host/used-paths.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';

/** @internal */
export const sandbox: Rule = {
  name: 'sandbox',
  summary: "The unit's mounts let etcd write its data and read its certificates.",
  levels: ['error', 'warning'],
  source: 'systemd.exec(5), ProtectSystem=, ProtectHome=, ReadWritePaths=; open(2), EROFS',
  *check(view) {
    for (const member of view.members) {
      const { service, label } = member;
      if (service.type !== 'unit') continue;
      const { accessTo, causeAt } = sandboxOf(service.sections);
      const originAt = (path: string): string => service.originOf(causeAt(path)?.split('=')[0] ?? '');
      const files = readFiles(member).map(({ inner }) => inner);
      for (const path of new Set(files)) {
        if (accessTo(path) === 'write' || accessTo(path) === 'read') continue;
        yield {
          level: 'error',
          member: label,
          path: originAt(path),
          message: `${causeAt(path)} hides ${path} from etcd.`,
          cure: 'Keep certificates and keys elsewhere, such as below /etc/etcd.',
          etcdSays: `open ${path}: ${mayEnter(service.user, causeAt(path)) ? 'no such file or directory' : 'permission denied'}`,
        };
      }
      const binary = service.start?.binary ?? '';
      if (binary.startsWith('/') && ['none', 'empty'].includes(accessTo(binary))) {
        yield {
          level: 'error',
          member: label,
          path: originAt(binary),
          message: `${causeAt(binary)} hides ${binary}, which ExecStart names.`,
          cure: 'Install etcd elsewhere, such as in /usr/local/bin.',
          etcdSays: `Failed at step EXEC spawning ${binary}: ${mayEnter(service.user, causeAt(binary)) ? 'No such file or directory' : 'Permission denied'}`,
        };
      }
      for (const [setting, path] of writtenFolders(member)) {
        const access = accessTo(path);
        if (access === 'write') continue;
        if (access === 'empty') {
          yield* lostData(member, setting, path, causeAt(path) ?? '', originAt(path));
          continue;
        }
        const [message, cure] = adviceOn(access, setting, path, causeAt(path) ?? '');
        yield {
          level: 'error',
          member: label,
          path: originAt(path),
          message,
          cure,
          etcdSays: 'cannot access data directory',
        };
      }
    }
  },
};

function writtenFolders(member: MemberView): readonly (readonly [string, string])[] {
  const wal = walDirectoryOf(member);
  return [dataDirectoryOf(member), ...(wal === undefined ? [] : [wal]), ...logFilesOf(member)].map(
    ({ setting, inner }) => [setting, inner],
  );
}

/** An empty file system is root's, mode 0755, unless it is /tmp, and ends with the service. */
function* lostData(
  { label, service }: MemberView,
  setting: string,
  path: string,
  cause: string,
  origin: string,
): Generator<Fault> {
  if (service.type !== 'unit') return;
  const isWritable =
    cause.startsWith('PrivateTmp') || cause.startsWith('DynamicUser') || service.user === undefined;
  yield {
    level: isWritable ? 'warning' : 'error',
    member: label,
    path: origin,
    message: `${cause} puts an empty file system at ${path}, the ${setting} of etcd: ${isWritable ? 'what it writes there is lost when it stops' : 'its user may not write there'}.`,
    cure: `Move ${setting} elsewhere, or remove ${cause}.`,
    ...(isWritable ? {} : { etcdSays: 'cannot access data directory' }),
  };
}

/** What is inaccessible is a folder that root alone may enter, and empty (systemd `src/core/namespace.c`). */
function mayEnter(user: string | undefined, cause: string | undefined): boolean {
  return user === undefined || cause === 'ProtectHome=tmpfs';
}

/** ReadWritePaths= does not make hidden files writable. */
function adviceOn(
  access: 'read' | 'none',
  setting: string,
  path: string,
  cause: string,
): readonly [message: string, cure: string] {
  return access === 'read'
    ? [`${cause} does not let etcd write ${path}, its ${setting}.`, `Write ReadWritePaths=${path}.`]
    : [
        `${cause} hides ${path}, its ${setting}, from etcd.`,
        `Remove ${cause}, or move ${setting} elsewhere.`,
      ];
}
