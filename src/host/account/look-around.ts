import { folderOf } from '../host-root.js';
import type { MemberView } from '../member-view.js';
import { sandboxOf } from '../service/sandbox.js';
import { dataDirectoryOf, logFilesOf, readFiles, walDirectoryOf } from '../used-paths.js';
import { accessOf } from './access.js';

/**
 * Asks for everything that rules will want to know of a member's host, so that it is opened before they run.
 *
 * @internal
 */
export function lookAround(member: MemberView): void {
  const { service, root } = member;
  if (service.type === 'layout') return;
  const access = accessOf(service, root);
  for (const { host } of readFiles(member)) access.toRead(host);
  if (service.type !== 'unit') return;
  const data = dataDirectoryOf(member).host;
  const inside = DATA.map((name) => `${data}/${name}`);
  const wal = walDirectoryOf(member)?.host;
  const logs = logFilesOf(member).map(({ host }) => host);
  for (const path of [data, ...inside, ...(wal === undefined ? [] : [wal, folderOf(wal)]), ...logs])
    access.toWrite(path, true);
  const sandbox = sandboxOf(service.sections);
  const named = [service.start?.binary ?? '', service.innerPath?.('.') ?? '/'].map((path) =>
    sandbox.hostPath(path),
  );
  for (const path of [...named, ...sandbox.sources.map((source) => source.path)]) access.stateOf(path);
}

/**
 * What etcd has in a data directory (etcd `server/storage/datadir`).
 *
 * @internal
 */
export const DATA: readonly string[] = ['member', 'member/snap', 'member/wal', 'member/snap/db'];
