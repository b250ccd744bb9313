import { hostPathOf, type MemberView } from '../../host/member-view.js';
import { sandboxOf } from '../../host/service/sandbox.js';
import type { ProcessService } from '../../host/service/service.js';
import { directiveValues } from '../../host/service/unit-fragments.js';
import { settingValue } from '../../host/settings/settings.js';
import { splitExecStart } from '../../systemd/unit-reader.js';
import { normalizePath } from '../../text/path.js';
import { usesOf } from '../dials/pair-uses.js';
import type { Rule } from '../rule.js';

/** @internal */
export const sandbox: Rule = {
  name: 'sandbox',
  summary: "The unit's mounts let etcd write its data and read its certificates.",
  levels: ['error'],
  source: 'systemd.exec(5), ProtectSystem=, ProtectHome=, ReadWritePaths=; open(2), EROFS',
  *check(view) {
    for (const member of view.members) {
      const { service, label } = member;
      if (service.type !== 'unit') continue;
      const { accessTo, causeAt } = sandboxOf(service.sections);
      const originAt = (path: string): string => service.originOf(causeAt(path)?.split('=')[0] ?? '');
      const files = [
        ...usesOf(view, label).pairs.flatMap(({ pair, role }) =>
          role !== 'client' ? [pair.certificate.path, pair.key.path] : [],
        ),
        ...usesOf(view, label).trusts.map(({ trust }) => trust.file.path),
      ];
      for (const path of new Set(files)) {
        if (accessTo(path) !== 'none') continue;
        yield {
          level: 'error',
          member: label,
          path: originAt(path),
          message: `${causeAt(path)} hides ${path} from etcd.`,
          cure: 'Keep certificates and keys elsewhere, such as below /etc/etcd.',
          etcdSays: `open ${path}: ${mayEnter(service.user, causeAt(path)) ? 'no such file or directory' : 'permission denied'}`,
        };
      }
      const binary = binaryOf(service);
      if (accessTo(binary) === 'none') {
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

function binaryOf({ sections }: ProcessService): string {
  const [line = ''] = directiveValues(sections, 'ExecStart');
  const [binary = ''] = splitExecStart(line, new Map()) ?? [];
  return binary;
}

function writtenFolders(member: MemberView): readonly (readonly [string, string])[] {
  return ['data-dir', 'wal-dir'].flatMap((setting) => {
    const value = settingValue(member.settings, setting);
    return value === undefined || value === ''
      ? []
      : [[setting, normalizePath(hostPathOf(member.service)(value))] as const];
  });
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
