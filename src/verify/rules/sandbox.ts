import type { Fault } from '../finding.js';
import { normalizePath } from '../host-root.js';
import { hostPathOf, type MemberView } from '../member-view.js';
import type { Rule } from '../rule.js';
import { sandboxOf } from '../service/sandbox.js';
import { settingValue } from '../settings/settings.js';
import { pairUses, trustUses } from '../trust/uses.js';

/** What the unit's own mounts keep from etcd: its data to write, its certificates to read. */
export const sandbox: Rule = {
  name: 'sandbox',
  source: 'systemd.exec(5), ProtectSystem=, ProtectHome=, ReadWritePaths=; open(2), EROFS',
  *check(view) {
    for (const member of view.members) {
      const { service, label } = member;
      if (service.type !== 'unit') continue;
      const { accessTo, causeAt } = sandboxOf(service.sections);
      const files = [
        ...pairUses(view).flatMap(({ pair, label: owner, role }) =>
          owner === label && role !== 'client' ? [pair.certificate.path, pair.key.path] : [],
        ),
        ...trustUses(view).flatMap(({ trust, label: owner }) => (owner === label ? [trust.file.path] : [])),
      ];
      for (const path of new Set(files)) {
        if (accessTo(path) !== 'none') continue;
        yield {
          level: 'error',
          member: label,
          path: service.path,
          message: `${causeAt(path)} hides ${path} from etcd.`,
          cure: 'Keep certificates and keys elsewhere, such as below /etc/etcd.',
          etcdSays: `open ${path}: no such file or directory`,
        };
      }
      for (const [setting, path] of writtenFolders(member)) {
        if (accessTo(path) === 'write') continue;
        yield unwritable(member, setting, path, causeAt(path) ?? '');
      }
    }
  },
};

function writtenFolders(member: MemberView): readonly (readonly [string, string])[] {
  return ['data-dir', 'wal-dir'].flatMap((setting) => {
    const value = settingValue(member.settings, setting);
    return value === undefined || value === ''
      ? []
      : [[setting, normalizePath(hostPathOf(member.service)(value))] as const];
  });
}

function unwritable({ service, label }: MemberView, setting: string, path: string, cause: string): Fault {
  return {
    level: 'error',
    member: label,
    path: service.path,
    message: `${cause} does not let etcd write ${path}, its ${setting}.`,
    cure: `Write ReadWritePaths=${path}.`,
    etcdSays: `cannot access data directory: open ${path}/.touch: read-only file system`,
  };
}
