import type { EtcdSetting, EtcdSpec } from '../../cluster-spec.js';
import { checkEtcdSettings } from '../../etcd/setting/check.js';
import { childPath } from '../../text/child-path.js';
import type { IssueList } from '../issue-list.js';

/** What members have to agree on, and what their certificates, folders and clients are made for. */
const OF_THE_CLUSTER =
  /^(?:auth-token|auth-token-ttl|(?:peer-)?auto-tls|cipher-suites|(?:experimental-)?feature-gates|heartbeat-interval|election-timeout|listen-client-http-urls|log-outputs|peer-cert-allowed-(?:cn|hostname)|tls-(?:min|max)-version)$/;
/** Settings that members have a key for. */
const KEYS_OF_MEMBERS: Readonly<Record<string, string>> = { 'data-dir': 'dataDir', 'wal-dir': 'walDir' };

/**
 * Reads the settings of one member, which are laid over the cluster's and held against etcd's rules together with them.
 *
 * @param cluster - `etcd.settings` as written
 * @param own - `members[].settings` as written
 * @returns those in which the member differs
 * @internal
 */
export function resolveOwnSettings(
  own: Readonly<Record<string, unknown>>,
  cluster: Readonly<Record<string, unknown>>,
  { version, config, settings }: EtcdSpec,
  path: string,
  issues: IssueList,
): readonly EtcdSetting[] {
  for (const name of Object.keys(own).filter((key) => OF_THE_CLUSTER.test(key)))
    issues.add(
      'setting-decided-elsewhere',
      childPath(path, name),
      `${name} is the same on every member.`,
      'Write it in etcd.settings.',
    );
  for (const [name, key] of Object.entries(KEYS_OF_MEMBERS).filter(([name]) => Object.hasOwn(own, name)))
    issues.add(
      'setting-decided-elsewhere',
      childPath(path, name),
      `${name} is written from the member's own ${key}, and etcd accepts it only once.`,
      `Write ${key} beside settings.`,
    );
  const rest = Object.fromEntries(
    Object.entries(own).filter(
      ([name]) => !OF_THE_CLUSTER.test(name) && !Object.hasOwn(KEYS_OF_MEMBERS, name),
    ),
  );
  const read = checkEtcdSettings({ ...cluster, ...rest }, version, config, path);
  // What is wrong with the cluster's own is said of them.
  const places = Object.keys(rest).map((name) => childPath(path, name));
  issues.addAll(read.issues.filter((issue) => places.includes(issue.path)));
  return read.settings.filter(
    ({ name, value }) => !settings.some((other) => other.name === name && other.value === value),
  );
}
