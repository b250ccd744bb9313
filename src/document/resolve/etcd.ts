import type { EtcdSpec, EtcdVersion } from '../../cluster-spec.js';
import { checkEtcdSettings } from '../../etcd/setting/check.js';
import { newestRelease, parseEtcdVersion, versionCure } from '../../etcd/version.js';
import type { CompleteDocument } from '../../presets/preset.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { resolvePath } from './paths.js';
import type { MemberState } from './state-folders.js';

/**
 * Reads the `etcd` part: release, paths, ports and settings.
 *
 * @param state - the cluster's folders, as read
 * @internal
 */
export function resolveEtcd(
  document: CompleteDocument['etcd'],
  { data, wal }: MemberState,
  issues: IssueList,
): EtcdSpec {
  const version = resolveVersion(document.version, issues);
  const { config, clientPort, peerPort, state } = document;
  const binary = resolveBinary(document.binary, issues);
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
    dataDir: data.path,
    ...(wal === undefined ? {} : { walDir: wal.path }),
    clientPort,
    peerPort,
    state,
    settings,
  };
}

/** `3.5.x`: a release of which the patch is left open. */
function wildcardCure(text: string): string | undefined {
  const release = /^v?(\d+\.\d+)(?:\.[x*]|\+|-latest)$/i.exec(text)?.[1];
  return release === undefined || parseEtcdVersion(release) === undefined ? undefined : `Write "${release}".`;
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
        : (wildcardCure(text) ?? versionCure()),
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
