import { beforeAll, describe, expect, it } from 'vitest';
import type { HostRoot } from '../../../../src/host/host-root.js';
import { nodeCryptoProvider } from '../../../../src/node/index.js';
import type { Ending } from '../../../../src/verify/expiry/ending.js';
import { expiryOfHosts, sightHosts } from '../../../../src/verify/expiry/hosts.js';
import { bitString, integer, type Part, sequence, set, text, tlv } from '../../../conformance/x509/bytes.js';
import { AUTHORITY_NAME, ECDSA_SHA256 } from '../../../conformance/x509/forge.js';
import { type BuiltCluster, buildCluster } from '../../../support/cluster.js';

const options = { crypto: nodeCryptoProvider(), at: Math.floor(Date.now() / 1000) + 60 };
let built: BuiltCluster;

beforeAll(async () => {
  built = await buildCluster('members: [{name: e1, address: 10.0.0.1}]\n');
});

function rootOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  more: Partial<HostRoot> = {},
): HostRoot {
  return {
    name: 'h',
    files: Object.entries(files).map(([path, content]) => ({
      path,
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    })),
    ...more,
  };
}

function bundleRoot(name: string): HostRoot {
  return { name, files: built.bundles.get(name)?.files ?? [] };
}

async function endingsOf(...roots: readonly HostRoot[]): Promise<readonly Ending[]> {
  return (await expiryOfHosts(roots, options)).endings;
}

function list(...updates: readonly Part[]): Buffer {
  const revoked = sequence(sequence(integer(5), text(0x17, '260715000000Z')));
  const tbs = sequence(integer(1), ECDSA_SHA256, AUTHORITY_NAME, ...updates, revoked);
  return sequence(tbs, ECDSA_SHA256, bitString(Buffer.alloc(8, 1), 0));
}

const pem = (type: string, der: Uint8Array): string =>
  `-----BEGIN ${type}-----\n${Buffer.from(der).toString('base64')}\n-----END ${type}-----\n`;

describe('what ends on hosts', () => {
  it('is every certificate, under the role that a setting gives it', async () => {
    const endings = await endingsOf(bundleRoot('e1'), bundleRoot('admin'));
    const told = endings.map((ending) => [
      ending.type === 'leaf' ? ending.roles.join() : ending.type,
      ending.holders.map(({ host, path }) => `${host}:${path}`).join(),
    ]);
    expect(told.toSorted()).toEqual([
      ['authority', 'e1:/etc/etcd/pki/ca.crt,admin:/etc/etcd/admin/ca.crt'],
      ['authority', 'e1:/etc/etcd/pki/peer-ca.crt'],
      ['client', 'admin:/etc/etcd/admin/client.crt'],
      ['client', 'e1:/etc/etcd/pki/healthcheck-client.crt'],
      ['peer', 'e1:/etc/etcd/pki/peer.crt'],
      ['peer-client', 'e1:/etc/etcd/pki/peer-client.crt'],
      ['server', 'e1:/etc/etcd/pki/server.crt'],
      ['server-client', 'e1:/etc/etcd/pki/server-client.crt'],
    ]);
  });

  it('has the role that its extended key usage allows where nothing uses it', async () => {
    const server = built.text('e1', 'etc/etcd/pki/server.crt');
    const peer = built.text('e1', 'etc/etcd/pki/peer-client.crt');
    const endings = await endingsOf(rootOf({ 'a.pem': `some words\n${server}`, 'b/c': peer }));
    expect(endings).toMatchObject([
      { roles: expect.anything(), holders: [{ host: 'h', path: expect.any(String) }] },
      {},
    ]);
    expect(endings.flatMap((ending) => (ending.type === 'leaf' ? ending.roles : [])).toSorted()).toEqual([
      'client',
      'server',
    ]);
  });

  it('is each certificate of a chain, and of DER', async () => {
    const [authority] = built.pki.authorities;
    const [leaf] = built.pki.leaves;
    const endings = await endingsOf(
      rootOf({
        'chain.pem': `${leaf?.certificate}${authority?.certificate}`,
        'ca.der': authority?.certificateDer ?? '',
      }),
    );
    expect(endings.map(({ type, holders }) => [type, holders.map(({ path }) => path)])).toEqual([
      ['leaf', ['/chain.pem']],
      ['authority', ['/chain.pem', '/ca.der']],
    ]);
  });

  it('is a root of version 1, which says of itself no more than that it signed itself', async () => {
    const name = sequence(set(sequence(tlv(6, Buffer.from([0x55, 4, 3])), text(0x0c, 'old'))));
    const info = built.pki.leaves[0]?.publicKey ?? new Uint8Array();
    const times = sequence(text(0x17, '200101000000Z'), text(0x17, '490101000000Z'));
    const tbs = sequence(integer(9), ECDSA_SHA256, name, times, name, Buffer.from(info));
    const endings = await endingsOf(
      rootOf({ 'old.der': sequence(tbs, ECDSA_SHA256, bitString(Buffer.alloc(8, 1), 0)) }),
    );
    expect(endings).toMatchObject([{ type: 'authority', subject: 'CN=old', roles: [] }]);
  });

  it('is the next update of a list, in DER and in PEM, where the list says it', async () => {
    const [first, second] = [text(0x17, '260715000000Z'), text(0x18, '20510715000000Z')];
    const both = list(first, second);
    const endings = await endingsOf(
      rootOf({ 'a.crl': both, 'a.pem': pem('X509 CRL', both), 'b.crl': list(first) }),
    );
    expect(endings).toMatchObject([
      {
        type: 'revocation-list',
        revoked: 1,
        thisUpdate: '2026-07-15T00:00:00Z',
        nextUpdate: '2051-07-15T00:00:00Z',
        holders: [{ path: '/a.crl' }, { path: '/a.pem' }],
      },
      { type: 'revocation-list', holders: [{ path: '/b.crl' }] },
    ]);
    expect(endings[1]).not.toHaveProperty('nextUpdate');
    expect(endings[1]).not.toHaveProperty('daysLeft');
  });

  it('is what a kubeconfig holds', async () => {
    const data = (path: string): string => Buffer.from(built.text('admin', path)).toString('base64');
    const config = `apiVersion: v1
kind: Config
clusters:
- {name: k, cluster: {server: "https://10.0.0.1:6443", certificate-authority-data: ${data('etc/etcd/admin/ca.crt')}}}
users:
- {name: admin, user: {client-certificate-data: ${data('etc/etcd/admin/client.crt')}, client-key-data: AAAA}}
`;
    for (const text of [config, JSON.stringify(asJson(config))]) {
      const endings = await endingsOf(rootOf({ 'etc/kubernetes/admin.conf': text }));
      expect(endings).toMatchObject([
        { type: 'leaf', roles: ['kubeconfig'], subject: 'CN=etcd-admin' },
        { type: 'authority', roles: [], subject: 'CN=etcd-ca' },
      ]);
    }
    const broken = await sightHosts(
      [rootOf({ 'admin.conf': config.replaceAll(/data: \w{9}/g, 'data: ') })],
      options,
    );
    expect(broken.sightings).toEqual([]);
    expect(broken.issues.map(({ message }) => message)).toEqual([
      'It holds client-certificate-data in which there is no certificate.',
      'It holds certificate-authority-data in which there is no certificate.',
    ]);
  });

  it('is told of a link and the file that it leads to once', async () => {
    const certificate = built.text('e1', 'etc/etcd/pki/server.crt');
    const bytes = new TextEncoder().encode(certificate);
    const files = [
      { path: 'pki/current.pem', bytes, linkTo: 'pki/2026.pem' },
      { path: 'pki/2026.pem', bytes },
    ];
    expect(await endingsOf({ name: 'h', files })).toMatchObject([
      { holders: [{ host: 'h', path: '/pki/2026.pem' }] },
    ]);
  });

  it("is not the list of the web's authorities on a whole host", async () => {
    const authority = built.text('e1', 'etc/etcd/pki/ca.crt');
    const web = 'etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem';
    const accounts = { 'etc/passwd': '', 'etc/group': '' };
    expect(await endingsOf(rootOf({ [web]: authority, ...accounts }))).toEqual([]);
    expect(await endingsOf(rootOf({ [web]: authority }))).toHaveLength(1);
  });
});

describe('what is damaged', () => {
  const cut = (): string => built.text('e1', 'etc/etcd/pki/ca.crt').replace(/\nMII.{29}/, '\nMIIBAAAA');
  const split = (): string => built.text('e1', 'etc/etcd/pki/ca.crt').replace(/\nMII/, '\n!!!');

  it('is told with its place', async () => {
    for (const [damage, says] of [
      [cut, /cannot read: x509: malformed/],
      [split, /PEM block is damaged/],
    ] as const) {
      const { sightings, issues } = await sightHosts([rootOf({ 'ca.crt': damage() })], options);
      expect(sightings).toEqual([]);
      expect(issues).toEqual([
        {
          code: 'unreadable-certificate',
          path: 'h:/ca.crt',
          message: expect.stringMatching(says),
          cure: expect.any(String),
        },
      ]);
    }
  });

  it('is not told of a text on a whole host that merely quotes one', async () => {
    const accounts = { 'etc/passwd': '', 'etc/group': '' };
    const { issues } = await sightHosts([rootOf({ 'opt/README': split(), ...accounts })], options);
    expect(issues).toEqual([]);
    const named = await sightHosts([rootOf({ 'etc/ssl/own.pem': split(), ...accounts })], options);
    expect(named.issues).toHaveLength(1);
  });
});

function asJson(config: string): object {
  const [authority = '', client = ''] = [
    ...config.matchAll(/(?:authority|certificate)-data: (\w[\w+/=]+)/g),
  ].map(([, data]) => data ?? '');
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'k', cluster: { 'certificate-authority-data': authority } }],
    users: [{ name: 'admin', user: { 'client-certificate-data': client } }],
  };
}
