import { readFileSync } from 'node:fs';
import type { EtcdRelease } from '../../../src/etcd-releases.js';

/** What a project calls the things of one member, and where they lie. */
export interface Names {
  readonly unit: string;
  readonly user: string;
  readonly binary: string;
  /** Where the settings are: a file of variables, a YAML, or the unit itself. */
  readonly config: string;
  readonly dataDir: string;
  /** Common names by the path of the certificate. */
  readonly commonNames: Readonly<Record<string, string>>;
  readonly keys: readonly string[];
}

export interface Setup {
  readonly name: string;
  /** Of those that are installed here, the one that the project installs. */
  readonly release: EtcdRelease;
  /** The first member, whose names these are. */
  readonly member: string;
  readonly names: Names;
}

/** Copied out of the projects' own files; the head of each document says which. */
export const SETUPS: readonly Setup[] = [
  {
    name: 'kubespray',
    release: '3.5',
    member: 'etcd1',
    names: {
      unit: 'etcd.service',
      user: 'root',
      binary: '/usr/local/bin/etcd',
      config: '/etc/etcd.env',
      dataDir: '/var/lib/etcd',
      commonNames: {
        '/etc/ssl/etcd/ssl/ca.pem': 'etcd-ca',
        '/etc/ssl/etcd/ssl/member-etcd1.pem': 'etcd-member-etcd1',
        '/etc/ssl/etcd/ssl/admin-etcd1.pem': 'etcd-admin-etcd1',
      },
      keys: ['/etc/ssl/etcd/ssl/admin-etcd1-key.pem', '/etc/ssl/etcd/ssl/member-etcd1-key.pem'],
    },
  },
  {
    name: 'kubeasz',
    release: '3.6',
    member: 'etcd-192.168.1.1',
    names: {
      unit: 'etcd.service',
      user: 'root',
      binary: '/opt/kube/bin/etcd',
      config: '/etc/systemd/system/etcd.service',
      dataDir: '/var/lib/etcd',
      commonNames: { '/etc/kubernetes/ssl/ca.pem': 'kubernetes-ca', '/etc/kubernetes/ssl/etcd.pem': 'etcd' },
      keys: ['/etc/kubernetes/ssl/etcd-key.pem'],
    },
  },
  {
    name: 'debian',
    release: '3.4',
    member: 'alpha',
    names: {
      unit: 'etcd.service',
      user: 'etcd',
      binary: '/usr/bin/etcd',
      config: '/etc/default/etcd',
      dataDir: '/var/lib/etcd/default',
      // The package has no certificates: these are the names that they have by default.
      commonNames: {
        '/etc/etcd/pki/ca.crt': 'etcd-ca',
        '/etc/etcd/pki/peer-ca.crt': 'etcd-peer-ca',
        '/etc/etcd/pki/server.crt': 'alpha',
        '/etc/etcd/pki/peer.crt': 'alpha',
        '/etc/etcd/pki/healthcheck-client.crt': 'etcd-healthcheck-client',
      },
      keys: ['/etc/etcd/pki/healthcheck-client.key', '/etc/etcd/pki/peer.key', '/etc/etcd/pki/server.key'],
    },
  },
  {
    name: 'pigsty',
    release: '3.6',
    member: 'etcd-1',
    names: {
      unit: 'etcd.service',
      user: 'etcd',
      binary: '/usr/bin/etcd',
      config: '/etc/etcd/etcd.conf',
      dataDir: '/data/etcd',
      commonNames: { '/etc/etcd/ca.crt': 'pigsty-ca', '/etc/etcd/server.crt': 'etcd-1' },
      keys: ['/etc/etcd/server.key'],
    },
  },
  {
    name: 'etcdadm',
    release: '3.5',
    member: 'node-1',
    names: {
      unit: 'etcd.service',
      user: 'root',
      binary: '/opt/bin/etcd',
      config: '/etc/etcd/etcd.env',
      dataDir: '/var/lib/etcd',
      commonNames: {
        '/etc/etcd/pki/ca.crt': 'etcd',
        '/etc/etcd/pki/server.crt': 'node-1',
        '/etc/etcd/pki/peer.crt': 'node-1',
        '/etc/etcd/pki/etcdctl-etcd-client.crt': 'node-1-etcdctl',
        '/etc/etcd/pki/apiserver-etcd-client.crt': 'node-1-kube-apiserver-etcd-client',
      },
      keys: [
        '/etc/etcd/pki/apiserver-etcd-client.key',
        '/etc/etcd/pki/etcdctl-etcd-client.key',
        '/etc/etcd/pki/peer.key',
        '/etc/etcd/pki/server.key',
      ],
    },
  },
];

export function readSetup(name: string): string {
  return readFileSync(new URL(`${name}.yaml`, import.meta.url), 'utf8');
}
