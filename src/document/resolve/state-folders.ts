import type { EtcdDocument, MemberDocument } from '../../cluster-document.js';
import type { EtcdSpec, MemberSpec } from '../../cluster-spec.js';
import { isWithin } from '../../text/path.js';
import type { IssueList } from '../issue-list.js';
import { resolveOwnDirectory } from './paths.js';

const DATA = 'etcd.dataDir';
const WAL = 'etcd.walDir';

/**
 * A folder that etcd has for itself, and the key of the document that names it.
 *
 * @internal
 */
export interface StateFolder {
  readonly key: string;
  /** Absolute, without a slash at its end. */
  readonly path: string;
}

/**
 * Where a member keeps its data and, apart from it, its write-ahead log.
 *
 * @internal
 */
export interface MemberState {
  readonly data: StateFolder;
  readonly wal?: StateFolder;
}

/**
 * Reads where members keep their state.
 *
 * @returns the cluster's folders, and those of each member, in the order of the document
 * @internal
 */
export function resolveStateFolders(
  members: readonly MemberDocument[],
  { dataDir, walDir }: Pick<EtcdDocument, 'walDir'> & { readonly dataDir: string },
  issues: IssueList,
): { readonly cluster: MemberState; readonly states: readonly MemberState[] } {
  const read = (text: string, key: string): StateFolder => ({
    key,
    path: resolveOwnDirectory(text, key, issues),
  });
  const data = read(dataDir, DATA);
  const wal = walDir === undefined ? undefined : read(walDir, WAL);
  const cluster: MemberState = { data, ...(wal === undefined ? {} : { wal }) };
  const states = members.map(
    (member, index): MemberState => ({
      ...cluster,
      ...(member.dataDir === undefined ? {} : { data: read(member.dataDir, `members[${index}].dataDir`) }),
      ...(member.walDir === undefined ? {} : { wal: read(member.walDir, `members[${index}].walDir`) }),
    }),
  );
  return { cluster, states };
}

/**
 * A member with the folders in which it differs from the cluster.
 *
 * @internal
 */
export function withStateFolders(member: MemberSpec, state: MemberState | undefined): MemberSpec {
  const { data, wal } = state ?? {};
  return {
    ...member,
    ...(data === undefined || data.key === DATA ? {} : { dataDir: data.path }),
    ...(wal === undefined || wal.key === WAL ? {} : { walDir: wal.path }),
  };
}

/**
 * Each combination of folders once.
 *
 * @internal
 */
export function distinctStates(states: readonly MemberState[]): readonly MemberState[] {
  return [...new Map(states.map((state) => [`${state.data.key} ${state.wal?.key}`, state])).values()];
}

/**
 * Every folder once.
 *
 * @internal
 */
export function foldersOf(states: readonly MemberState[]): readonly StateFolder[] {
  const all = states.flatMap(({ data, wal }) => [data, ...(wal === undefined ? [] : [wal])]);
  return [...new Map(all.map((folder) => [folder.key, folder])).values()];
}

/**
 * The folder of etcd's own that a path lies in: etcd makes it, and considers everything in it its own.
 *
 * @internal
 */
export function ownFolderOf(path: string, state: readonly StateFolder[]): StateFolder | undefined {
  return state.find((folder) => isWithin(path, folder.path));
}

/**
 * Holds etcd's folders against those of its certificates, against its program, and against each other.
 *
 * @param certificates - the folder of the certificates; absent where there are none
 * @param own - what the document itself says, without its preset
 * @internal
 */
export function checkStateFolders(
  states: readonly MemberState[],
  { binary }: Pick<EtcdSpec, 'binary'>,
  certificates: string | undefined,
  own: EtcdDocument | undefined,
  issues: IssueList,
): void {
  const folders = foldersOf(states);
  for (const { key, path } of folders) {
    if (certificates === undefined || !contain(path, certificates)) continue;
    issues.add(
      'certificates-inside-data',
      key === DATA && own?.dataDir === undefined ? 'certificates.directory' : key,
      `${path} and the certificates in ${certificates} contain each other; etcd says "found invalid file under data directory".`,
      'Choose folders that do not contain each other.',
    );
  }
  const taken = certificates === undefined ? [] : [{ key: 'certificates.directory', path: certificates }];
  for (const { key, path } of [...folders, ...taken]) {
    if (isWithin(path, binary))
      issues.add(
        'path-taken',
        key,
        `${path} is a folder, and ${binary} is etcd itself.`,
        'Choose another folder.',
      );
  }
  for (const { data, wal } of distinctStates(states)) {
    if (wal === undefined) continue;
    if (!isWithin(data.path, wal.path) && !isWithin(wal.path, `${data.path}/member`)) continue;
    issues.add(
      'wal-inside-data',
      // Of a member's own folder and one that is everybody's, its own.
      wal.key === WAL && data.key !== DATA ? data.key : wal.key,
      `${wal.path} and the data directory ${data.path} contain each other.`,
      'Choose a separate folder for the write-ahead log.',
    );
  }
}

function contain(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}
