import type { ClusterSpec, EtcdVersion, MemberSpec } from '../../../src/cluster-spec.js';
import { parseEtcdVersion } from '../../../src/etcd/version.js';
import { type Endpoint, parseEndpoint } from '../../../src/net/endpoint.js';
import { parseHost } from '../../../src/net/host.js';

export function version(text: string): EtcdVersion {
  const parsed = parseEtcdVersion(text);
  if (parsed === undefined) throw new Error(`no version of etcd: ${text}`);
  return parsed;
}

export function endpoints(...urls: string[]): readonly Endpoint[] {
  return urls.map((url) => {
    const endpoint = parseEndpoint(url);
    if (endpoint === undefined) throw new Error(`no URL of etcd: ${url}`);
    return endpoint;
  });
}

export function member(name: string, address: string): MemberSpec {
  const host = parseHost(address);
  if (host === undefined) throw new Error(`no host: ${address}`);
  return {
    name,
    addresses: [host],
    altNames: [],
    listenClientUrls: endpoints(`https://${address}:2379`, 'https://127.0.0.1:2379'),
    advertiseClientUrls: endpoints(`https://${address}:2379`),
    listenPeerUrls: endpoints(`https://${address}:2380`),
    initialAdvertisePeerUrls: endpoints(`https://${address}:2380`),
    listenMetricsUrls: endpoints('http://127.0.0.1:2381'),
  };
}

/** Three members with the names and addresses that kubeadm's own guide uses. */
export function clusterSpec(changes: {
  readonly etcd?: Partial<ClusterSpec['etcd']>;
  readonly certificates?: Partial<ClusterSpec['certificates']>;
  readonly members?: readonly MemberSpec[];
}): ClusterSpec {
  return {
    version: 1,
    preset: 'hardened',
    cluster: { directory: '/etc/etcd', name: 'etcd', token: { type: 'fixed', value: 'etcd-cluster-0' } },
    members: changes.members ?? [
      member('e1', '10.1.1.93'),
      member('e2', '10.1.1.92'),
      member('e3', '10.1.1.91'),
    ],
    clients: [],
    etcd: {
      version: { release: '3.6' },
      binary: '/usr/local/bin/etcd',
      config: 'flags',
      dataDir: '/var/lib/etcd',
      clientPort: 2379,
      peerPort: 2380,
      state: 'new',
      settings: [],
      ...changes.etcd,
    },
    certificates: {
      tls: 'per-member',
      key: 'ecdsa-p256',
      validity: { ca: 315_360_000, leaf: 31_536_000 },
      beyondAuthority: 'refuse',
      usages: 'rfc5280',
      subject: {},
      caSubject: {},
      authorities: ['ca', 'peer-ca'],
      pairs: ['server', 'server-client', 'peer', 'peer-client', 'healthcheck-client'],
      files: {},
      commonNames: {},
      profile: 'strict',
      loopbackNames: [],
      memberAltName: true,
      clientCertAuth: true,
      altNames: [],
      directory: '/etc/etcd/pki',
      caKeyOn: [],
      ...changes.certificates,
    },
    systemd: { unit: 'etcd', user: 'etcd', group: 'etcd', hardening: true, directives: [] },
  };
}
