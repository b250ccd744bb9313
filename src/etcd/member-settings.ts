import type { ClusterSpec, EtcdSetting, EtcdSpec, MemberSpec } from '../cluster-spec.js';
import { type Endpoint, endpointUrl } from '../net/endpoint.js';
import { type UnixSocket, unixSocketUrl } from '../net/unix-socket.js';
import { discoverySettings } from './discovery-srv.js';
import { planInitialCluster } from './initial-cluster.js';
import { withOwnFolders } from './own-folders.js';
import { releaseDefaults } from './release-defaults.js';
import { walDirectory } from './wal-directory.js';

/**
 * All settings of one member, each once, in the order in which people write them: who it is, where its data lies, its URLs, the
 * cluster, its certificates, and then the document's own.
 *
 * @param options - `token` is initial-cluster-token, drawn or written; `tls` points the member to its certificates; `bootstrap` is with what it was
 * first started, where that is not what the document says. Where the document sets one of those itself, its value holds.
 * @internal
 */
export function planMemberSettings(
  spec: ClusterSpec,
  member: MemberSpec,
  options: {
    readonly token: string;
    readonly tls: readonly EtcdSetting[];
    readonly bootstrap?: { readonly initialCluster: string; readonly state: EtcdSpec['state'] };
  },
): readonly EtcdSetting[] {
  const { etcd } = withOwnFolders(spec, member);
  const { bootstrap } = options;
  const walDir = walDirectory({ ...spec, etcd });
  const written: readonly EtcdSetting[] = [
    { name: 'name', value: member.name },
    { name: 'data-dir', value: etcd.dataDir },
    ...(walDir === undefined ? [] : [{ name: 'wal-dir', value: walDir }]),
    ...urlSetting('listen-peer-urls', member.listenPeerUrls),
    ...urlSetting('initial-advertise-peer-urls', member.initialAdvertisePeerUrls),
    ...urlSetting('listen-client-urls', member.listenClientUrls, member.listenClientSockets),
    ...urlSetting('advertise-client-urls', member.advertiseClientUrls),
    ...urlSetting('listen-metrics-urls', member.listenMetricsUrls),
    ...(spec.cluster.discovery === undefined || bootstrap !== undefined
      ? [{ name: 'initial-cluster', value: bootstrap?.initialCluster ?? planInitialCluster(spec) }]
      : discoverySettings(spec.cluster.discovery)),
    { name: 'initial-cluster-token', value: options.token },
    { name: 'initial-cluster-state', value: bootstrap?.state ?? etcd.state },
    ...options.tls,
    ...releaseDefaults(etcd),
    ...etcd.settings,
    ...(member.settings ?? []),
  ];
  return [...new Map(written.map((setting) => [setting.name, setting])).values()];
}

function urlSetting(
  name: string,
  urls: readonly Endpoint[],
  sockets: readonly UnixSocket[] = [],
): readonly EtcdSetting[] {
  const texts = [...urls.map(endpointUrl), ...sockets.map(unixSocketUrl)];
  return texts.length === 0 ? [] : [{ name, value: texts.join(',') }];
}
