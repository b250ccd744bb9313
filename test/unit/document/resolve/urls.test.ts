import { describe, expect, it } from 'vitest';
import type { MemberSpec } from '../../../../src/cluster-spec.js';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { endpointUrl } from '../../../../src/net/endpoint.js';
import { MEMBER, refusals, refusedAt } from './document.js';

type UrlKey =
  | 'listenClientUrls'
  | 'advertiseClientUrls'
  | 'listenPeerUrls'
  | 'initialAdvertisePeerUrls'
  | 'listenMetricsUrls';

function urls(key: UrlKey, member: object, rest: object = {}): readonly string[] {
  const spec = parseClusterSpec({ ...rest, members: [{ ...MEMBER, ...member }] });
  const [only]: readonly (MemberSpec | undefined)[] = spec.members;
  return (only?.[key] ?? []).map(endpointUrl);
}

describe('what a member listens on for clients', () => {
  it.each<[string, object, object, readonly string[]]>([
    ['its addresses and loopback', {}, {}, ['https://10.0.0.1:2379', 'https://127.0.0.1:2379']],
    [
      'each of its IP addresses',
      { address: ['e1.example.org', '10.0.0.1', 'fd00::1'] },
      {},
      ['https://10.0.0.1:2379', 'https://[fd00::1]:2379', 'https://127.0.0.1:2379'],
    ],
    [
      '::1 with IPv6 alone',
      { address: ['e1.example.org', 'fd00::1'] },
      {},
      ['https://[fd00::1]:2379', 'https://[::1]:2379'],
    ],
    ['everything where it is a name alone', { address: 'e1.example.org' }, {}, ['https://0.0.0.0:2379']],
    ['loopback once', { address: '127.0.0.1' }, {}, ['https://127.0.0.1:2379']],
    ['no loopback where none is wanted', {}, { etcd: { loopback: 'none' } }, ['https://10.0.0.1:2379']],
    [
      'plain http on loopback',
      {},
      { etcd: { loopback: 'http' } },
      ['https://10.0.0.1:2379', 'http://127.0.0.1:2379'],
    ],
    [
      'plain http without TLS',
      {},
      { certificates: { tls: 'none' } },
      ['http://10.0.0.1:2379', 'http://127.0.0.1:2379'],
    ],
    ['what it says itself', { listenClientUrls: ['https://10.0.0.9:1'] }, {}, ['https://10.0.0.9:1']],
  ])('%s', (_, member, rest, expected) => {
    expect(urls('listenClientUrls', member, rest)).toEqual(expected);
  });
});

describe('peers', () => {
  it('are listened for on every IP address, and told the first address', () => {
    const member = { address: ['e1.example.org', '10.0.0.1', 'fd00::1'] };
    expect(urls('listenPeerUrls', member)).toEqual(['https://10.0.0.1:2380', 'https://[fd00::1]:2380']);
    expect(urls('initialAdvertisePeerUrls', member)).toEqual(['https://e1.example.org:2380']);
  });

  it('speak http without TLS, and on localhost under single-member', () => {
    expect(urls('listenPeerUrls', {}, { certificates: { tls: 'none' } })).toEqual(['http://10.0.0.1:2380']);
    for (const key of ['listenPeerUrls', 'initialAdvertisePeerUrls'] as const)
      expect(urls(key, {}, { preset: 'single-member' })).toEqual(['http://localhost:2380']);
  });
});

describe('metrics', () => {
  it("are served where etcd.metricsUrls says, or the member's own list", () => {
    const etcd = { metricsUrls: ['http://127.0.0.1:9000'] };
    expect(urls('listenMetricsUrls', {}, { etcd })).toEqual(['http://127.0.0.1:9000']);
    expect(urls('listenMetricsUrls', { listenMetricsUrls: ['http://[::1]:1'] }, { etcd })).toEqual([
      'http://[::1]:1',
    ]);
    expect(urls('listenMetricsUrls', {}, { preset: 'kubeadm', etcd: { metricsUrls: [] } })).toEqual([]);
  });

  it('are refused where they are written', () => {
    expect(refusedAt({ etcd: { metricsUrls: ['http://name:1'] } })).toEqual([
      'etcd.metricsUrls[0] bind-address',
    ]);
    expect(refusedAt({ members: [{ ...MEMBER, listenMetricsUrls: ['http://name:1'] }] })).toEqual([
      'members[0].listenMetricsUrls[0] bind-address',
    ]);
  });

  it('are https only where a client listener is', () => {
    const metricsUrls = ['https://127.0.0.1:2381'];
    const plain = {
      listenClientUrls: ['http://10.0.0.1:2379'],
      advertiseClientUrls: ['http://10.0.0.1:2379'],
    };
    expect(refusedAt({ etcd: { metricsUrls } })).toEqual([]);
    expect(refusedAt({ members: [{ ...MEMBER, ...plain }], etcd: { metricsUrls } })).toEqual([
      'etcd.metricsUrls metrics-without-client-tls',
    ]);
    expect(refusedAt({ members: [MEMBER], etcd: { metricsUrls }, certificates: { tls: 'none' } })).toEqual([
      'etcd.metricsUrls metrics-without-pair',
    ]);
  });
});

describe('a list that the document gives', () => {
  const refusedUrls = (key: string, list: readonly string[]): readonly string[] =>
    refusals({ members: [{ ...MEMBER, [key]: list }] });

  it('is not empty, and names nothing twice', () => {
    expect(refusedUrls('listenClientUrls', [])).toEqual([
      expect.stringContaining('listenClientUrls empty-url-list'),
    ]);
    expect(
      refusedUrls('listenClientUrls', [
        'https://10.0.0.1:2379',
        'https://10.0.0.9:2379',
        'https://10.0.0.1:2379',
      ]),
    ).toEqual([expect.stringContaining('listenClientUrls[2] repeated-entry')]);
  });

  it.each(['listenClientUrls', 'listenPeerUrls'])('%s binds IP addresses and localhost alone', (key) => {
    const scheme = 'https://';
    expect(refusedUrls(key, [`${scheme}localhost:1`])).toEqual([]);
    expect(refusedUrls(key, [`${scheme}localhost.example.org:1`])).toEqual([
      `members[0].${key}[0] bind-address: Write an IP address, localhost, or https://0.0.0.0:1; names go into the advertised URLs.`,
    ]);
  });

  it.each(['advertiseClientUrls', 'initialAdvertisePeerUrls'])(
    '%s takes no address that stands for all',
    (key) => {
      expect(refusedUrls(key, ['https://lb.example.org:1'])).toEqual([]);
      for (const url of ['https://0.0.0.0:1', 'https://[::]:1'])
        expect(refusedUrls(key, [url])).toEqual([expect.stringContaining(`${key}[0] unreachable-url`)]);
    },
  );

  it.each([
    ['https://10.0.0.1:2379/', 'without a path'],
    ['https://10.0.0.1:2379/x', 'without a path'],
    ['https://10.0.0.1', 'Write the port too'],
    ['10.0.0.1:2379', 'scheme, host and port'],
    ['ftp://10.0.0.1:2379', 'scheme as http or https'],
    ['https://10.0.0.1:99999', 'a port from 1 to 65535'],
  ])('%s: %s', (url, words) => {
    expect(refusedUrls('advertiseClientUrls', [url])).toEqual([
      expect.stringMatching(/^members\[0\]\.advertiseClientUrls\[0\] not-a-url: /),
    ]);
    expect(refusedUrls('advertiseClientUrls', [url])[0]).toContain(words);
  });
});

describe('lists that do not go together', () => {
  it.each([
    ['advertiseClientUrls', 'http://10.0.0.1:2379', 'https://10.0.0.1:2379'],
    ['initialAdvertisePeerUrls', 'http://10.0.0.1:2380', 'https://10.0.0.1:2380'],
  ])('%s in a language that nobody listens for', (key, url, meant) => {
    expect(refusals({ members: [{ ...MEMBER, [key]: [url] }] })).toEqual([
      `members[0].${key} unserved-scheme: Write ${meant}.`,
    ]);
    expect(refusals({ members: [{ ...MEMBER, [key]: [meant] }] })).toEqual([]);
  });

  it('https without certificates, in each list', () => {
    for (const [key, code] of Object.entries({
      listenClientUrls: 'clients-without-pair',
      advertiseClientUrls: 'https-without-tls',
      listenPeerUrls: 'peers-without-pair',
      initialAdvertisePeerUrls: 'https-without-tls',
      listenMetricsUrls: 'metrics-without-pair',
    }))
      expect(
        refusedAt({
          members: [{ ...MEMBER, [key]: ['https://10.0.0.1:7000'] }],
          certificates: { tls: 'none' },
        }),
      ).toContain(`members[0].${key} ${code}`);
    expect(refusals({ etcd: { loopback: 'https' }, certificates: { tls: 'none' } })).toEqual([
      'etcd.loopback clients-without-pair: Write etcd.loopback: http, or certificates.tls: per-member.',
    ]);
  });

  it('two listeners on one socket', () => {
    expect(refusals({ etcd: { clientPort: 2380 } })).toEqual([
      'etcd.clientPort port-clash: Give each its own port: 2379 for clients, 2380 for peers, 2381 for metrics.',
    ]);
    expect(
      refusals({ members: [{ name: 'e1', address: 'e1.example.org' }], etcd: { loopback: 'http' } }),
    ).toEqual([
      'etcd.loopback port-clash: https://0.0.0.0:2379 listens on loopback too: write etcd.loopback: none or https.',
    ]);
    expect(refusedAt({ members: [{ ...MEMBER, listenMetricsUrls: ['http://0.0.0.0:2380'] }] })).toEqual([
      'members[0].listenMetricsUrls port-clash',
    ]);
    expect(refusedAt({ members: [{ ...MEMBER, listenMetricsUrls: ['http://10.0.0.2:2379'] }] })).toEqual([]);
  });

  it('loopback among what others dial, where there are others', () => {
    const member = {
      ...MEMBER,
      initialAdvertisePeerUrls: ['https://127.0.0.1:2380', 'https://10.0.0.1:2380'],
    };
    expect(refusedAt({ members: [member] })).toEqual([]);
    expect(refusedAt({ members: [member, { name: 'e2', address: '10.0.0.2' }] })).toEqual([
      'members[0].initialAdvertisePeerUrls loopback-peer-url',
    ]);
  });

  it('a password, whatever it holds, and does not show it', () => {
    for (const password of ['s3cret', 's3/cret', 's3?cret', 's3#cret', 's3@cret'])
      expect(
        refusals({ members: [{ ...MEMBER, listenClientUrls: [`https://u:${password}@10.0.0.1:2379`] }] }),
      ).toEqual(['members[0].listenClientUrls[0] not-a-url: Write the URL without user and password.']);
  });
});
