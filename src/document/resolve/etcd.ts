import { checkEtcdSettings } from '../../etcd/settings.js';
import { parseEtcdVersion } from '../../etcd/version.js';
import type { EtcdSpec, EtcdVersion } from '../../spec/cluster-spec.js';
import { isWithin } from '../../text/path.js';
import { quoteValue } from '../../text/quote-value.js';
import type { EtcdDocument } from '../cluster-document.js';
import type { IssueList } from '../issue-list.js';
import { resolvePath } from './paths.js';

/** Folders of the system: etcd would fill them, or systemd would hand them to its user. */
const SYSTEM_DIRECTORIES =
  /^\/(?:|bin|boot|dev|etc|home|lib|lib64|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|var\/lib|var\/log)$/;

/**
 * Reads the `etcd` part: release, paths, ports and settings.
 *
 * @param certificateDirectories - folders that hold certificates, which etcd's data must stay out of
 * @internal
 */
export function resolveEtcd(
  document: EtcdDocument,
  certificateDirectories: readonly string[],
  issues: IssueList,
): EtcdSpec {
  const version = resolveVersion(document.version, issues);
  const config = document.config ?? 'flags';
  const dataDir = resolvePath(document.dataDir ?? '/var/lib/etcd', 'etcd.dataDir', issues);
  const walDir =
    document.walDir === undefined ? undefined : resolvePath(document.walDir, 'etcd.walDir', issues);
  checkDirectory(dataDir, 'etcd.dataDir', certificateDirectories, issues);
  if (walDir !== undefined) checkDirectory(walDir, 'etcd.walDir', certificateDirectories, issues);
  if (walDir !== undefined && (isWithin(dataDir, walDir) || isWithin(walDir, `${dataDir}/member`))) {
    issues.add(
      'conflict',
      'etcd.walDir',
      `${walDir} and the data directory ${dataDir} contain each other.`,
      'Choose a folder of its own for the write-ahead log.',
    );
  }
  const { settings, issues: settingIssues } = checkEtcdSettings(
    document.settings ?? {},
    version,
    config,
    'etcd.settings',
  );
  issues.addAll(settingIssues);
  return {
    version,
    binary: resolvePath(document.binary ?? '/usr/local/bin/etcd', 'etcd.binary', issues),
    config,
    dataDir,
    ...(walDir === undefined ? {} : { walDir }),
    clientPort: document.clientPort ?? 2379,
    peerPort: document.peerPort ?? 2380,
    state: document.state ?? 'new',
    settings,
  };
}

function resolveVersion(text: string | number | undefined, issues: IssueList): EtcdVersion {
  const fallback: EtcdVersion = { release: '3.7' };
  if (text === undefined) return fallback;
  const version = parseEtcdVersion(String(text));
  if (version === undefined) {
    issues.add(
      'invalid-value',
      'etcd.version',
      `${quoteValue(text)} is no release of etcd that this version knows.`,
      'Write "3.4", "3.5", "3.6" or "3.7", or a patch such as "3.6.16", in quotes.',
    );
  }
  return version ?? fallback;
}

function checkDirectory(
  directory: string,
  path: string,
  certificateDirectories: readonly string[],
  issues: IssueList,
): void {
  if (SYSTEM_DIRECTORIES.test(directory)) {
    issues.add(
      'invalid-value',
      path,
      `${directory} belongs to the system.`,
      'Choose a folder below it, such as /var/lib/etcd.',
    );
    return;
  }
  const certificates = certificateDirectories.find(
    (other) => isWithin(directory, other) || isWithin(other, directory),
  );
  if (certificates !== undefined) {
    issues.add(
      'conflict',
      path,
      `${directory} and the certificates in ${certificates} contain each other; etcd says "found invalid file under data directory".`,
      'Choose a folder outside the certificate directory.',
    );
  }
}
