import type { ClusterSpec, EtcdSetting, MemberSpec } from '../../cluster-spec.js';
import { checkRules, MEMBER_RULES, settingIssue } from '../../etcd/combinations/check-settings.js';
import { listenUrls } from '../../etcd/combinations/listener-urls.js';
import type { SettingProblem, SettingRule, SettingView } from '../../etcd/combinations/setting-rule.js';
import { settingView } from '../../etcd/combinations/setting-rule.js';
import { releaseDefaults } from '../../etcd/release-defaults.js';
import { type Endpoint, endpointUrl, isWildcard } from '../../net/endpoint.js';
import { type UnixSocket, unixSocketUrl } from '../../net/unix-socket.js';
import type { IssueList } from '../issue-list.js';
import type { ReadMember } from './cluster-urls.js';
import { type ListenPolicy, placeOfUrls } from './member-urls.js';

const LISTS = {
  'listen-client-urls': 'listenClientUrls',
  'listen-peer-urls': 'listenPeerUrls',
  'listen-metrics-urls': 'listenMetricsUrls',
} as const;

const HTTP_LIST = 'listen-client-http-urls';

/** What to write in the document, where it is not the setting itself that is wrong. */
const WITHOUT_PAIR = 'Write an http URL, or certificates.tls: per-member.';
const CURES: Readonly<Record<string, string>> = {
  'peers-without-pair': WITHOUT_PAIR,
  'clients-without-pair': WITHOUT_PAIR,
  'metrics-without-pair': WITHOUT_PAIR,
};

/**
 * Holds what each member is started with against etcd's rules: its URLs, its certificates and the document's own settings together.
 *
 * @internal
 */
export function checkMemberSettings(
  spec: ClusterSpec,
  members: readonly ReadMember[],
  policy: ListenPolicy,
  issues: IssueList,
): void {
  // What comes from a key that all members share is wrong with each of them, and said of the first.
  const said = new Set<string>();
  for (const { index, document, member } of members) {
    const view = settingView(spec.etcd.version, settingsOf(spec, member, policy), spec.etcd.config);
    for (const { rule, problem } of checkRules(MEMBER_RULES, view, unreadable(member))) {
      const { name } = problem;
      const own = Object.hasOwn(document.settings ?? {}, name) ? `members[${index}]` : 'etcd';
      const path = isList(name)
        ? placeOfUrls(LISTS[name], document, index, policy)
        : `${own}.settings.${name}`;
      const key = `${rule.id} ${path}`;
      if (path.startsWith('etcd.') && said.has(key)) continue;
      said.add(key);
      issues.addAll([
        settingIssue(rule.id, { ...problem, cure: cureOf(rule, problem, member, policy) }, path),
      ]);
    }
    const own = Object.hasOwn(document.settings ?? {}, HTTP_LIST) ? `members[${index}]` : 'etcd';
    const path = `${own}.settings.${HTTP_LIST}`;
    for (const url of unservedUrls(member, view)) {
      if (own === 'etcd' && said.has(path)) continue;
      said.add(path);
      issues.add(
        'advertised-port-of-http',
        path,
        `${member.name} advertises ${endpointUrl(url)}, and its port ${url.port} would serve ${url.scheme === 'https' ? 'http' : 'https'} alone.`,
        'Choose another port, or the scheme of the advertised URL.',
      );
    }
  }
}

/** Advertised to clients, and served in another scheme alone; where nobody listens, something else may forward the port. */
function unservedUrls({ advertiseClientUrls }: MemberSpec, view: SettingView): readonly Endpoint[] {
  // Without it the lists of URLs are held against each other by themselves.
  if (view.value(HTTP_LIST) === undefined) return [];
  const served = [...listenUrls(view, 'listen-client-urls'), ...listenUrls(view, HTTP_LIST)];
  return advertiseClientUrls.filter((url) => {
    const schemes = served.filter(({ port }) => port === `${url.port}`).map(({ scheme }) => scheme);
    return schemes.length > 0 && !schemes.includes(url.scheme);
  });
}

function settingsOf(
  { etcd, certificates }: ClusterSpec,
  member: MemberSpec,
  { tls, peerTls }: ListenPolicy,
): readonly EtcdSetting[] {
  const prefixes = tls === 'none' ? [] : peerTls ? ['', 'peer-'] : [''];
  const pairs = prefixes.flatMap((prefix) => [`${prefix}cert-file`, `${prefix}key-file`]);
  return [
    ...releaseDefaults(etcd),
    ...Object.entries(LISTS).map(([name, key]) => ({
      name,
      value: urlList(member[key], key === 'listenClientUrls' ? member.listenClientSockets : []),
    })),
    ...pairs.map((name) => ({ name, value: certificates.directory })),
    ...etcd.settings,
    ...(member.settings ?? []),
  ];
}

/** Lists that are empty because none of their URLs is one. */
function unreadable(member: MemberSpec): ReadonlySet<string> {
  const lists = ['listen-client-urls', 'listen-peer-urls'] as const;
  return new Set(lists.filter((name) => member[LISTS[name]].length === 0));
}

function cureOf(
  { id }: SettingRule,
  { name, cure }: SettingProblem,
  member: MemberSpec,
  { loopback }: ListenPolicy,
): string {
  if (name === 'listen-client-urls' && id === 'clients-without-pair' && loopback === 'https')
    return 'Write etcd.loopback: http, or certificates.tls: per-member.';
  const everywhere = member.listenClientUrls.find(isWildcard);
  if (name === 'listen-client-urls' && id === 'port-clash' && everywhere !== undefined)
    return `${endpointUrl(everywhere)} listens on loopback too: write etcd.loopback: none or ${everywhere.scheme}.`;
  return CURES[id] ?? cure;
}

function urlList(endpoints: readonly Endpoint[], sockets: readonly UnixSocket[] = []): string {
  return [...endpoints.map(endpointUrl), ...sockets.map(unixSocketUrl)].join(',');
}

function isList(name: string): name is keyof typeof LISTS {
  return Object.hasOwn(LISTS, name);
}
