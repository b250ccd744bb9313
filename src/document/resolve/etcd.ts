import type { EtcdDocument } from '../../cluster-document.js';
import type { EtcdSpec, EtcdVersion } from '../../cluster-spec.js';
import { checkEtcdSettings } from '../../etcd/setting/check.js';
import { newestRelease, parseEtcdVersion, versionCure } from '../../etcd/version.js';
import type { CompleteDocument } from '../../presets/preset.js';
import { isWithin } from '../../text/path.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { resolveOwnDirectory, resolvePath } from './paths.js';

/**
 * Reads the `etcd` part: release, paths, ports and settings.
 *
 * @param certificateDirectories - folders that hold certificates, which etcd's data must stay out of
 * @param own - what the document itself says, without its preset
 * @internal
 */
export function resolveEtcd(
  document: CompleteDocument['etcd'],
  certificateDirectories: readonly string[],
  own: EtcdDocument | undefined,
  issues: IssueList,
): EtcdSpec {
  const version = resolveVersion(document.version, issues);
  const { config, clientPort, peerPort, state } = document;
  const binary = resolveBinary(document.binary, issues);
  const dataDir = resolveOwnDirectory(document.dataDir, 'etcd.dataDir', issues);
  const walDir =
    document.walDir === undefined ? undefined : resolveOwnDirectory(document.walDir, 'etcd.walDir', issues);
  const dataPath = own?.dataDir === undefined ? 'certificates.directory' : 'etcd.dataDir';
  checkDirectory(dataDir, dataPath, certificateDirectories, issues);
  if (walDir !== undefined) checkDirectory(walDir, 'etcd.walDir', certificateDirectories, issues);
  const folders = {
    'etcd.dataDir': dataDir,
    'etcd.walDir': walDir,
    'certificates.directory': certificateDirectories[0],
  };
  for (const [path, folder] of Object.entries(folders)) {
    if (folder !== undefined && isWithin(folder, binary))
      issues.add(
        'path-taken',
        path,
        `${folder} is a folder, and ${binary} is etcd itself.`,
        'Choose another folder.',
      );
  }
  if (walDir !== undefined && (isWithin(dataDir, walDir) || isWithin(walDir, `${dataDir}/member`))) {
    issues.add(
      'wal-inside-data',
      'etcd.walDir',
      `${walDir} and the data directory ${dataDir} contain each other.`,
      'Choose a separate folder for the write-ahead log.',
    );
  }
  const { settings, issues: settingIssues } = checkEtcdSettings(
    document.settings,
    version,
    config,
    'etcd.settings',
  );
  issues.addAll(settingIssues);
  return {
    version,
    binary,
    config,
    dataDir,
    ...(walDir === undefined ? {} : { walDir }),
    clientPort,
    peerPort,
    state,
    settings,
  };
}

function resolveVersion(text: string | number, issues: IssueList): EtcdVersion {
  const version = parseEtcdVersion(String(text));
  if (version === undefined) {
    issues.add(
      'unknown-etcd-version',
      'etcd.version',
      `${quoteValue(text)} is not a known release of etcd.`,
      typeof text === 'number'
        ? 'Write it in quotes, such as "3.6": without quotes YAML reads 3.60 as 3.6.'
        : versionCure(),
    );
  }
  return version ?? { release: newestRelease() };
}

function resolveBinary(text: string, issues: IssueList): string {
  if (text.endsWith('/'))
    issues.add(
      'binary-is-folder',
      'etcd.binary',
      `${quoteValue(text)} is a folder.`,
      'Write the path of the program in it.',
    );
  return resolvePath(text, 'etcd.binary', issues);
}

function checkDirectory(
  directory: string,
  path: string,
  certificateDirectories: readonly string[],
  issues: IssueList,
): void {
  const certificates = certificateDirectories.find(
    (other) => isWithin(directory, other) || isWithin(other, directory),
  );
  if (certificates !== undefined) {
    issues.add(
      'certificates-inside-data',
      path,
      `${directory} and the certificates in ${certificates} contain each other; etcd says "found invalid file under data directory".`,
      'Choose folders that do not contain each other.',
    );
  }
}
