import type { HostRoot } from '../../../../src/host/host-root.js';
import { nodeCryptoProvider } from '../../../../src/node/crypto/node-crypto.js';
import { handshakeMatrix } from '../../../../src/node/handshake/matrix.js';
import type { Finding } from '../../../../src/verify/finding.js';
import { judgeCluster } from '../../../../src/verify/verify-bundle.js';
import { viewCluster } from '../../../../src/verify/view-cluster.js';
import { type Authority, type LeafOptions, makeAuthority, type Pair } from './openssl.js';

/** What one host of a cluster by OpenSSL has otherwise than the others. */
export interface HostOptions {
  /** Of its peer pair. */
  readonly leaf?: LeafOptions;
  readonly peer?: Pair;
  readonly server?: Pair;
  /** More flags, or other values of some; none of what is undefined. */
  readonly flags?: Readonly<Record<string, string | undefined>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Address or name that it advertises. */
  readonly host?: string;
}

export interface TestCluster {
  readonly authority: Authority;
  readonly roots: readonly HostRoot[];
}

/** Two hosts of one cluster, and the `admin` host of a client. */
export function makeCluster(
  options: (authority: Authority) => { readonly m1?: HostOptions; readonly m2?: HostOptions } = () => ({}),
): TestCluster {
  const authority = makeAuthority();
  const { m1 = {}, m2 = {} } = options(authority);
  const hosts = [m1.host ?? '10.0.0.1', m2.host ?? '10.0.0.2'];
  const cluster = hosts.map((host, index) => `m${index + 1}=https://${host}:2380`).join();
  const members = [m1, m2].map((member, index): HostRoot => {
    const [name, host] = [`m${index + 1}`, hosts[index] ?? ''];
    const altNames = /^\d/.test(host) ? `IP:${host},DNS:${name}` : `DNS:${host}`;
    const peer = member.peer ?? authority.issue({ altNames, ...member.leaf });
    const server = member.server ?? authority.issue({ altNames });
    const flags = Object.entries({
      name,
      'data-dir': '/var/lib/etcd',
      'listen-peer-urls': /^\d/.test(host) ? `https://${host}:2380` : `https://10.0.0.${index + 1}:2380`,
      'listen-client-urls': /^\d/.test(host) ? `https://${host}:2379` : `https://10.0.0.${index + 1}:2379`,
      'initial-advertise-peer-urls': `https://${host}:2380`,
      'advertise-client-urls': `https://${host}:2379`,
      'initial-cluster': cluster,
      'cert-file': '/etc/etcd/server.crt',
      'key-file': '/etc/etcd/server.key',
      'trusted-ca-file': '/etc/etcd/ca.crt',
      'client-cert-auth': 'true',
      'peer-cert-file': '/etc/etcd/peer.crt',
      'peer-key-file': '/etc/etcd/peer.key',
      'peer-trusted-ca-file': '/etc/etcd/ca.crt',
      'peer-client-cert-auth': 'true',
      ...member.flags,
    }).flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag}=${value}`]));
    return rootOf(name, {
      'etc/systemd/system/etcd.service': `[Service]\nExecStart=/usr/local/bin/etcd ${flags.join(' ')}\n`,
      'etc/etcd/ca.crt': authority.certificate,
      'etc/etcd/server.crt': server.certificate,
      'etc/etcd/server.key': server.key,
      'etc/etcd/peer.crt': peer.certificate,
      'etc/etcd/peer.key': peer.key,
      ...member.files,
    });
  });
  return { authority, roots: [...members, clientRoot(authority, authority.issue({ usages: 'clientAuth' }))] };
}

/** The host of an etcdctl with these files; without a pair it has none. */
export function clientRoot(authority: Pick<Authority, 'certificate'>, pair?: Pair, endpoints = ''): HostRoot {
  const variables = {
    ETCDCTL_CACERT: '/etc/etcd/admin/ca.crt',
    ...(pair === undefined
      ? {}
      : { ETCDCTL_CERT: '/etc/etcd/admin/client.crt', ETCDCTL_KEY: '/etc/etcd/admin/client.key' }),
    ...(endpoints === '' ? {} : { ETCDCTL_ENDPOINTS: endpoints }),
  };
  return rootOf('admin', {
    'etc/etcd/admin/etcdctl.env': Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
    'etc/etcd/admin/ca.crt': authority.certificate,
    ...(pair === undefined
      ? {}
      : { 'etc/etcd/admin/client.crt': pair.certificate, 'etc/etcd/admin/client.key': pair.key }),
  });
}

export function rootOf(name: string, files: Readonly<Record<string, string>>): HostRoot {
  return {
    name,
    files: Object.entries(files).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
  };
}

export async function shakeAll(roots: readonly HostRoot[], at: number = Math.floor(Date.now() / 1000)) {
  const view = await viewCluster(roots, {
    crypto: nodeCryptoProvider(),
    at,
    etcdVersion: { release: '3.6', patch: 16 },
  });
  const { findings } = judgeCluster(view);
  const { results, findings: failed } = await handshakeMatrix(view);
  const all: readonly Finding[] = [...failed, ...findings];
  return { results, findings: all };
}
