import { type Access, accessOf } from '../../host/account/access.js';
import { DATA } from '../../host/account/look-around.js';
import { hasAnyBelow } from '../../host/host-root.js';
import type { MemberView } from '../../host/member-view.js';
import { dataDirectoryOf, logFilesOf, type UsedPath, walDirectoryOf } from '../../host/used-paths.js';
import { sandboxOf } from '../../systemd/sandbox/sandbox.js';
import { parentOf } from '../../text/path.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';
import { denial, notJudged } from './denial.js';

/** @internal */
export const dataAccess: Rule = {
  name: 'data-access',
  summary: 'The account that etcd runs as may write its data, its write-ahead log and its log files.',
  levels: ['error', 'warning', 'notice'],
  source:
    'etcd client/pkg/fileutil, TouchDirAll; server/storage/wal/wal.go, Create; systemd.exec(5), StateDirectory=; path_resolution(7)',
  *check({ members }) {
    for (const member of members) {
      const { service, root } = member;
      if (service.type !== 'unit' || service.user?.includes('%')) continue;
      const access = accessOf(service, root);
      const { accessTo } = sandboxOf(service.sections);
      const isOfHost = ({ inner }: UsedPath): boolean => accessTo(inner) === 'write';
      const data = dataDirectoryOf(member);
      if (isOfHost(data)) yield* ofData(member, access, data);
      const wal = walDirectoryOf(member);
      if (wal !== undefined && isOfHost(wal) && !member.hasData)
        yield* ofFolder(
          member,
          access,
          { ...wal, host: parentOf(wal.host) },
          'cannot access write-ahead log',
        );
      for (const log of logFilesOf(member)) if (isOfHost(log)) yield* ofLog(member, access, log);
    }
  },
};

function* ofData(member: MemberView, access: Access, data: UsedPath): Generator<Fault> {
  const { label, root } = member;
  const state = access.stateOf(data.host);
  if (state.type === 'file') {
    yield {
      level: 'error',
      member: label,
      path: data.host,
      message: `${data.host}, the data directory, is a file.`,
      cure: 'Remove it: etcd makes the folder.',
      etcdSays: 'failed to list data directory',
    };
    return;
  }
  yield* ofFolder(member, access, data, 'cannot access data directory');
  for (const name of DATA) {
    const path = `${data.host}/${name}`;
    if (root.entry(path).type === 'absent') return;
    const reach = access.toWrite(path, false);
    if (reach.type === 'denied') yield denial(member, access, reach, path, `open ${path}: permission denied`);
  }
}

function* ofFolder(member: MemberView, access: Access, { host }: UsedPath, says: string): Generator<Fault> {
  // What a tarball lacks, its host may have.
  if (!member.root.isHost && access.stateOf(host).type !== 'directory') return;
  // Nor does a copy without the folder's own top say who owns what is there.
  if (!hasAnyBelow(member.root, `/${host.split('/')[1] ?? ''}`)) return;
  const reach = access.toWrite(host, true);
  if (reach.type === 'unknown') yield notJudged(member.label, access, reach.path);
  if (reach.type !== 'denied') return;
  yield denial(member, access, reach, host, `${says}: permission denied`);
}

function* ofLog(member: MemberView, access: Access, { inner, host }: UsedPath): Generator<Fault> {
  const folder = parentOf(host);
  if (member.root.isHost && access.stateOf(folder).type === 'absent') {
    yield {
      level: access.isOpen ? 'warning' : 'error',
      member: member.label,
      path: host,
      message: `log-outputs names ${inner}, but its folder does not exist, and etcd does not make it.`,
      cure: `Make ${folder}, or let systemd make it by LogsDirectory=.`,
      etcdSays: `open sink "${inner}": open ${inner}: no such file or directory`,
    };
    return;
  }
  const reach = access.toWrite(host, false);
  if (reach.type === 'denied')
    yield denial(member, access, reach, host, `open sink "${inner}": open ${inner}: permission denied`);
}
