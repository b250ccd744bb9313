import type { ClusterSpec } from '../cluster-spec.js';
import { TEMPORARY } from '../systemd/sandbox/protected-folders.js';
import { isSystemDirectory } from '../systemd/system-directories.js';
import { isWithin, normalizePath, parentOf } from '../text/path.js';
import { walDirectory } from './wal-directory.js';

/**
 * A file that etcd logs to, and whose its folder is: etcd's own, which can be made and handed to it; one that everybody may write
 * to; or somebody else's.
 *
 * @internal
 */
export interface LogFile {
  /** As written in log-outputs. */
  readonly text: string;
  /** Normalised. */
  readonly folder: string;
  readonly owner: 'service' | 'everybody' | 'other';
}

type Input = Pick<ClusterSpec, 'etcd' | 'systemd' | 'kubernetes' | 'certificates'>;

/** Folders of other programs that log, and the one of the service's settings. */
const OF_OTHERS: readonly string[] = [
  '/etc/etcd',
  '/var/log/audit',
  '/var/log/containers',
  '/var/log/journal',
  '/var/log/pods',
  '/var/log/private',
];

/**
 * The files among log-outputs. Devices are left aside: they are there, and no folder of theirs is written to.
 *
 * @internal
 */
export function logFiles(spec: Input): readonly LogFile[] {
  const outputs = spec.etcd.settings.find(({ name }) => name === 'log-outputs')?.value.split(',') ?? [];
  return outputs
    .filter((text) => text.startsWith('/') && !normalizePath(text).startsWith('/dev/'))
    .map((text) => {
      const file = normalizePath(text);
      const folder = parentOf(file);
      return { text, folder, owner: ownerOf(file, folder, spec) };
    });
}

/**
 * The folders of log files that have to be made for the service.
 *
 * @internal
 */
export function ownLogFolders(spec: Input): readonly string[] {
  const folders = logFiles(spec).filter(({ owner }) => owner === 'service');
  return [...new Set(folders.map(({ folder }) => folder))];
}

function ownerOf(file: string, folder: string, spec: Input): LogFile['owner'] {
  const { dataDir, binary } = spec.etcd;
  const { directory, tls } = spec.certificates;
  if (TEMPORARY.includes(folder)) return 'everybody';
  const isTaken =
    isSystemDirectory(folder) ||
    OF_OTHERS.includes(folder) ||
    isWithin(binary, folder) ||
    (tls !== 'none' && (isWithin(directory, folder) || isWithin(folder, directory))) ||
    // etcd considers everything there its own, and replaces the folder of a new log.
    isWithin(folder, `${dataDir}/member`) ||
    isWithin(folder, walDirectory(spec) ?? `${dataDir}/member`) ||
    isWithin(dataDir, file);
  return isTaken ? 'other' : 'service';
}
