import { describe, expect, it } from 'vitest';
import { parseClusterSpec, planCertificates } from '../../../src/index.js';
import { formatGeneralName } from '../../../src/x509/general-name.js';

/** The SANs of each certificate by its id. */
function altNames(document: object): ReadonlyMap<string, readonly string[]> {
  const plans = planCertificates(parseClusterSpec(document));
  return new Map(plans.map(({ id, altNames }) => [id, altNames.map(formatGeneralName)]));
}

const E1 = { name: 'e1', address: '10.0.0.1' };

describe("kubeadm's order (pkiutil.GetEtcdAltNames)", () => {
  it('is: DNS names sorted, the advertised address, loopback, all others; each once', () => {
    const names = altNames({
      preset: 'kubeadm',
      members: [
        {
          name: 'm',
          address: ['10.0.0.9', 'z.example.org', '10.0.0.1', '::1'],
          altNames: ['a.example.org', '10.0.0.2', '10.0.0.9', 'z.example.org'],
        },
      ],
      certificates: { altNames: ['lb.example.org', '10.0.0.3', 'a.example.org'] },
    });
    const own = ['IP:10.0.0.9', 'IP:127.0.0.1', 'IP:::1', 'IP:10.0.0.1', 'IP:10.0.0.2'];
    expect(names.get('server/m')).toEqual([
      'DNS:a.example.org',
      'DNS:lb.example.org',
      'DNS:localhost',
      'DNS:m',
      'DNS:z.example.org',
      ...own,
      'IP:10.0.0.3',
    ]);
    expect(names.get('peer/m')).toEqual([
      'DNS:a.example.org',
      'DNS:localhost',
      'DNS:m',
      'DNS:z.example.org',
      ...own,
    ]);
  });

  it("leaves a member's name out where it is no DNS name, or where the preset's source has none", () => {
    const members = [{ name: 'e_1', address: '10.0.0.1' }];
    expect(altNames({ preset: 'kubeadm', members }).get('server/e_1')).toEqual([
      'DNS:localhost',
      'IP:10.0.0.1',
      'IP:127.0.0.1',
      'IP:::1',
    ]);
    expect(altNames({ preset: 'environment-file', members: [E1] }).get('peer')).not.toContain('DNS:e1');
  });
});

describe('https listeners of metrics and of HTTP apart from gRPC', () => {
  it.each(['hardened', 'kubeadm'])('%s: are named by the server, not by the peer', (preset) => {
    const names = altNames({
      preset,
      members: [
        {
          ...E1,
          listenMetricsUrls: ['https://192.168.9.3:2381', 'https://0.0.0.0:2383', 'http://192.168.9.4:2381'],
        },
      ],
      etcd: { settings: { 'listen-client-http-urls': 'https://192.168.9.1:2382,http://192.168.9.2:2384' } },
    });
    const servers = [...names].filter(([id]) => id === 'server/e1');
    expect(servers).not.toEqual([]);
    for (const [, hosts] of servers) {
      expect(hosts).toEqual(expect.arrayContaining(['IP:192.168.9.3', 'IP:192.168.9.1']));
      expect(hosts.filter((host) => /9\.[24]$|:0\.0\.0\.0$/.test(host))).toEqual([]);
    }
    for (const [id, hosts] of names)
      if (id.startsWith('peer')) expect(hosts.filter((host) => host.includes('192.168.9.'))).toEqual([]);
  });
});

describe('hosts of URLs', () => {
  const membersWith = (peers: 'http' | 'https') => [
    {
      ...E1,
      listenClientUrls: ['https://10.0.1.1:2379', 'http://127.0.0.9:2379'],
      advertiseClientUrls: ['https://client.example.org:2379'],
      listenPeerUrls: [`${peers}://10.0.2.1:2380`],
      initialAdvertisePeerUrls: [`${peers}://peer.example.org:2380`],
    },
  ];
  const members = membersWith('https');
  const client = ['DNS:client.example.org', 'IP:10.0.1.1'];
  const peer = ['DNS:peer.example.org', 'IP:10.0.2.1'];

  it.each([
    ['hardened', 'server/e1', client, peer],
    ['hardened', 'peer/e1', peer, client],
    ['hardened', 'peer-client/e1', peer, client],
    ['single-member', 'server/e1', client, peer],
    ['shared-certificate', 'server', [...client, ...peer], []],
    ['environment-file', 'server', client, peer],
    ['environment-file', 'peer', peer, client],
  ])('%s: %s names those that are dialled on its port', (preset, id, named, unnamed) => {
    // The preset has no pair for peers, so etcd would not listen with TLS for them.
    const own = preset === 'single-member' ? membersWith('http') : members;
    const names = altNames({ preset, members: own }).get(id);
    expect(names).toEqual(expect.arrayContaining(named));
    for (const name of unnamed) expect(names).not.toContain(name);
  });

  it('count where they are https alone, and never as "any address"', () => {
    for (const names of altNames({ preset: 'hardened', members }).values())
      expect(names).not.toContain('IP:127.0.0.9');
    const everywhere = altNames({
      members: [{ ...E1, listenPeerUrls: ['https://0.0.0.0:2380'], listenClientUrls: ['https://[::]:2379'] }],
    });
    for (const names of everywhere.values())
      for (const name of ['IP:0.0.0.0', 'IP:::']) expect(names).not.toContain(name);
  });
});

it('one certificate for several members names them all, each member in the order of the document', () => {
  const members = [
    { name: 'e2', address: ['10.0.0.2', '10.1.0.2'] },
    { name: 'e1', address: '10.0.0.1', altNames: ['10.2.0.1'] },
  ];
  expect(altNames({ preset: 'shared-certificate', members }).get('server')).toEqual([
    'DNS:localhost',
    'IP:10.0.0.2',
    'IP:10.0.0.1',
    'IP:127.0.0.1',
    'IP:10.1.0.2',
    'IP:10.2.0.1',
  ]);
});

it('certificates that only dial have none, but for those that peers check', () => {
  const names = altNames({ members: [E1], clients: [{ name: 'backup' }] });
  for (const id of ['healthcheck-client/e1', 'server-client/e1', 'admin', 'client/backup'])
    expect(names.get(id)).toEqual([]);
  expect(names.get('peer-client/e1')).toContain('IP:10.0.0.1');
});
