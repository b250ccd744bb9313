import { BEFORE_START, execCommands } from '../../systemd/exec-commands.js';
import { sandboxOf } from '../../systemd/sandbox/sandbox.js';
import { parentOf } from '../../text/path.js';
import type { MemberView } from '../member-view.js';
import { credentialsOf } from '../service/credentials.js';
import { dataDirectoryOf, logFilesOf, readFiles, walDirectoryOf } from '../used-paths.js';
import { accessOf } from './access.js';
import { pathConditions } from './conditions.js';
import { pathTests } from './path-tests.js';

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
  for (const path of [data, ...inside, ...(wal === undefined ? [] : [wal, parentOf(wal)]), ...logs])
    access.toWrite(path, true);
  for (const kind of ['Condition', 'Assert'] as const)
    for (const { path } of pathConditions(service.sections, kind)) access.stateOf(path);
  for (const { path } of pathTests(service.sections)) access.stateOf(path);
  for (const { source } of credentialsOf(service.sections)) access.stateOf(source);
  const sandbox = sandboxOf(service.sections);
  for (const { words } of execCommands(service.sections, BEFORE_START)) {
    const [binary = ''] = words;
    if (binary.startsWith('/')) access.toExecute(sandbox.hostPath(binary));
  }
  const named = [service.start?.binary ?? '', service.innerPath?.('.') ?? '/'].map((path) =>
    sandbox.hostPath(path),
  );
  for (const path of [...named, ...sandbox.sources.map((source) => source.path)]) access.toExecute(path);
}

/**
 * What etcd has in a data directory (etcd `server/storage/datadir`).
 *
 * @internal
 */
export const DATA: readonly string[] = ['member', 'member/snap', 'member/wal', 'member/snap/db'];
