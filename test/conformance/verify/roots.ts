import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Addresses } from '../../support/loopback.js';
import { put } from '../../support/put-files.js';
import type { LeafOptions, TestAuthority } from './authority.js';

/** One host root of the table, before it is written: a unit by hand, files by path. */
export interface TestHost {
  readonly name: string;
  readonly address: string;
  /** Flags of etcd; a fault edits them. */
  readonly flags: Map<string, string>;
  /** Further words behind the flags, as they are. */
  readonly words: string[];
  /** Lines of the section Service besides ExecStart. */
  readonly service: string[];
  /** Absolute path → content. */
  readonly files: Map<string, string | Buffer>;
  readonly modes: Map<string, number>;
}

export interface TestCluster {
  readonly authority: TestAuthority;
  readonly hosts: readonly TestHost[];
  /** The operator's own root, with a client pair for etcdctl. */
  readonly admin: TestHost;
  /** First, for most faults need one alone. */
  readonly host: TestHost;
  serverLeaf(host: TestHost, options?: LeafOptions): void;
  peerLeaf(host: TestHost, options?: LeafOptions): void;
  clientLeaf(options?: LeafOptions): void;
}

export const PKI = '/etc/etcd/pki';

/** A cluster of `size` members on loopback that etcd accepts as it stands. */
export function makeCluster(authority: TestAuthority, size: number, addresses: Addresses): TestCluster {
  const members = Array.from({ length: size }, (_, index) => ({
    name: `m${index + 1}`,
    address: addresses(index + 1),
  }));
  const initialCluster = members.map(({ name, address }) => `${name}=https://${address}:2380`).join(',');
  const hosts = members.map(({ name, address }): TestHost => {
    const flags = new Map([
      ['name', name],
      ['data-dir', '/var/lib/etcd'],
      ['listen-peer-urls', `https://${address}:2380`],
      ['initial-advertise-peer-urls', `https://${address}:2380`],
      ['listen-client-urls', `https://${address}:2379`],
      ['advertise-client-urls', `https://${address}:2379`],
      ['initial-cluster', initialCluster],
      ['initial-cluster-token', 'table'],
      ['initial-cluster-state', 'new'],
      ['cert-file', `${PKI}/server.crt`],
      ['key-file', `${PKI}/server.key`],
      ['trusted-ca-file', `${PKI}/ca.crt`],
      ['client-cert-auth', 'true'],
      ['peer-cert-file', `${PKI}/peer.crt`],
      ['peer-key-file', `${PKI}/peer.key`],
      ['peer-trusted-ca-file', `${PKI}/ca.crt`],
      ['peer-client-cert-auth', 'true'],
    ]);
    return {
      name,
      address,
      flags,
      words: [],
      service: ['Type=notify', 'User=root'],
      files: new Map([[`${PKI}/ca.crt`, authority.certificate]]),
      modes: new Map(),
    };
  });
  const admin: TestHost = {
    name: 'admin',
    address: '',
    flags: new Map(),
    words: [],
    service: [],
    files: new Map([
      ['/etc/etcd/admin/ca.crt', authority.certificate],
      [
        '/etc/etcd/admin/etcdctl.env',
        `ETCDCTL_ENDPOINTS=${members.map(({ address }) => `https://${address}:2379`).join(',')}\nETCDCTL_CACERT=/etc/etcd/admin/ca.crt\nETCDCTL_CERT=/etc/etcd/admin/client.crt\nETCDCTL_KEY=/etc/etcd/admin/client.key\n`,
      ],
    ]),
    modes: new Map(),
  };
  const put = (host: TestHost, stem: string, options: LeafOptions): void => {
    const { certificate, key } = authority.issue(options);
    host.files.set(`${stem}.crt`, certificate).set(`${stem}.key`, key);
  };
  const names = ({ name, address }: TestHost): string =>
    `DNS:${name},DNS:localhost,IP:${address},IP:127.0.0.1`;
  const cluster: TestCluster = {
    authority,
    hosts,
    admin,
    host: hosts[0] ?? admin,
    serverLeaf: (host, options = {}) =>
      put(host, `${PKI}/server`, { commonName: host.name, altNames: names(host), ...options }),
    peerLeaf: (host, options = {}) =>
      put(host, `${PKI}/peer`, { commonName: host.name, altNames: names(host), ...options }),
    clientLeaf: (options = {}) =>
      put(admin, '/etc/etcd/admin/client', {
        commonName: 'admin',
        extendedKeyUsage: 'clientAuth',
        ...options,
      }),
  };
  for (const host of hosts) {
    cluster.serverLeaf(host);
    cluster.peerLeaf(host);
  }
  cluster.clientLeaf();
  return cluster;
}

/** Puts a host's files below a folder and returns that root. */
export function writeHost(folder: string, host: TestHost): string {
  const root = join(folder, host.name);
  const files = new Map(host.files);
  if (host.flags.size > 0) files.set('/etc/systemd/system/etcd.service', unitText(host));
  for (const [path, content] of files) {
    put(join(root, path), content, host.modes.get(path) ?? (path.endsWith('.key') ? 0o600 : 0o644));
  }
  return root;
}

function unitText({ flags, words, service }: TestHost): string {
  const lines = [...flags].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${quote(value)}`));
  return [
    '[Unit]',
    'Description=etcd',
    '',
    '[Service]',
    ...service,
    `ExecStart=/usr/local/bin/etcd \\`,
    `  ${[...lines, ...words].join(' \\\n  ')}`,
    'Restart=on-failure',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');
}

function quote(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}

/** What systemd would start, worked out by hand and not by our reader, with the host's paths below its root. */
export function commandOf(
  host: TestHost,
  root: string,
): { readonly args: readonly string[]; readonly env: Record<string, string> } {
  const below = (text: string): string =>
    text.replaceAll('/etc/etcd', `${root}/etc/etcd`).replaceAll('/var/lib/etcd', `${root}/var/lib/etcd`);
  const env: Record<string, string> = {};
  for (const line of host.service) {
    const [, file] = /^EnvironmentFile=(.*)$/.exec(line) ?? [];
    const text =
      file === undefined
        ? (/^Environment=(.*)$/.exec(line)?.[1] ?? '')
        : readFileSync(join(root, file), 'utf8');
    for (const pair of text.split('\n')) {
      const equals = pair.indexOf('=');
      if (equals > 0) env[pair.slice(0, equals)] = below(pair.slice(equals + 1));
    }
  }
  const flags = [...host.flags].map(([name, value]) =>
    value === '' ? `--${name}` : `--${name}=${below(value)}`,
  );
  return { args: [...flags, ...host.words.flatMap((word) => word.split(' ')).map(below)], env };
}

/** etcd's own files name paths too: a copy of the root in which they lead below it. */
export function relocate(root: string, folder: string): string {
  const copy = mkdtempSync(join(folder, 'run-'));
  chmodSync(copy, 0o755);
  const visit = (from: string, to: string): void => {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) {
      const [source, target] = [join(from, name), join(to, name)];
      if (statSync(source).isDirectory()) visit(source, target);
      else {
        const bytes = readFileSync(source);
        const isConfig = /\.(?:ya?ml)$/.test(name);
        writeFileSync(
          target,
          isConfig
            ? bytes
                .toString()
                .replaceAll('/etc/etcd', `${copy}/etc/etcd`)
                .replaceAll('/var/lib/etcd', `${copy}/var/lib/etcd`)
            : bytes,
        );
        chmodSync(target, statSync(source).mode & 0o7777);
      }
    }
  };
  visit(root, copy);
  return copy;
}
