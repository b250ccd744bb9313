import { describe, expect, it } from 'vitest';
import type { ClusterSpec } from '../../../src/cluster-spec.js';
import { parseClusterDocument, parseClusterSpec } from '../../../src/document/parse.js';
import { EtcdBundleError, type Issue } from '../../../src/errors.js';
import { PRESET_NAMES } from '../../../src/preset-names.js';

const member = { name: 'e1', address: '10.0.0.1' };

function issuesOf(document: unknown): readonly Issue[] {
  try {
    parseClusterSpec(document);
  } catch (error) {
    if (error instanceof EtcdBundleError) return error.issues;
    throw error;
  }
  return [];
}

function pathsAndCodes(document: unknown): readonly string[] {
  return issuesOf(document).map(({ path, code }) => `${path} ${code}`);
}

describe('a document of members alone', () => {
  const read = (): ClusterSpec => parseClusterDocument('members: [{name: e1, address: 10.0.0.1}]');

  it('is complete', () => {
    const spec = read();
    expect(spec.preset).toBe('hardened');
    expect(spec.certificates.tls).toBe('per-member');
    expect(spec.systemd).toMatchObject({ unit: 'etcd', user: 'etcd', hardening: true });
  });

  it('derives the URLs from the address', () => {
    expect(read().members[0]).toMatchObject({
      listenClientUrls: [
        { scheme: 'https', host: { address: '10.0.0.1' }, port: 2379 },
        { scheme: 'https', host: { address: '127.0.0.1' }, port: 2379 },
      ],
      advertiseClientUrls: [{ scheme: 'https', host: { address: '10.0.0.1' }, port: 2379 }],
      listenPeerUrls: [{ scheme: 'https', host: { address: '10.0.0.1' }, port: 2380 }],
      initialAdvertisePeerUrls: [{ scheme: 'https', host: { address: '10.0.0.1' }, port: 2380 }],
    });
  });

  it('survives JSON', () => {
    const spec = read();
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
  });
});

describe('URLs that the document does not give', () => {
  it('use ::1 for a member with IPv6 addresses alone', () => {
    const spec = parseClusterSpec({ members: [{ name: 'e1', address: 'fd00::1' }] });
    expect(spec.members[0]?.listenClientUrls.map(({ host }) => host)).toEqual([
      { type: 'ip', version: 6, address: 'fd00::1' },
      { type: 'ip', version: 6, address: '::1' },
    ]);
  });

  it('listen everywhere for a member known by a name alone, without a second loopback listener', () => {
    const spec = parseClusterSpec({ members: [{ name: 'e1', address: 'e1.example.org' }] });
    expect(spec.members[0]?.listenClientUrls).toEqual([
      { scheme: 'https', host: { type: 'ip', version: 4, address: '0.0.0.0' }, port: 2379 },
    ]);
    expect(spec.members[0]?.advertiseClientUrls).toEqual([
      { scheme: 'https', host: { type: 'dns', name: 'e1.example.org' }, port: 2379 },
    ]);
  });

  it('follow ports and TLS', () => {
    const spec = parseClusterSpec({
      members: [member],
      etcd: { clientPort: 4001, peerPort: 7001 },
      certificates: { tls: 'none' },
    });
    expect(spec.members[0]).toMatchObject({
      advertiseClientUrls: [{ scheme: 'http', port: 4001 }],
      initialAdvertisePeerUrls: [{ scheme: 'http', port: 7001 }],
    });
  });
});

describe('presets', () => {
  it('lie under the document, key by key', () => {
    const spec = parseClusterSpec({
      preset: 'tuned',
      members: [member],
      etcd: { settings: { 'heartbeat-interval': 300 } },
      systemd: { directives: { Service: { LimitNOFILE: 1024, Restart: [] } } },
    });
    expect(spec.etcd.settings).toContainEqual({ name: 'heartbeat-interval', value: '300' });
    expect(spec.etcd.settings).toContainEqual({ name: 'quota-backend-bytes', value: '6442450944' });
    const service = spec.systemd.directives.find(({ name }) => name === 'Service')?.directives;
    expect(service).toContainEqual({ name: 'LimitNOFILE', values: ['1024'] });
    expect(service).toContainEqual({ name: 'Restart', values: [] });
  });

  it.each(PRESET_NAMES)('%s needs nothing but a member', (preset) => {
    expect(parseClusterSpec({ preset, members: [member] }).preset).toBe(preset);
  });

  it('single-member refuses a second one', () => {
    expect(
      pathsAndCodes({ preset: 'single-member', members: [member, { name: 'e2', address: '10.0.0.2' }] }),
    ).toEqual(['members too-many-members']);
  });
});

describe('what is wrong is said', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['nothing at all', null, [' document-not-a-map']],
    ['a list', [], [' document-not-a-map']],
    ['no members key', {}, ['members missing-key']],
    ['an empty list of members', { members: [] }, ['members malformed-value']],
    ['an unknown key', { members: [member], etdc: {} }, ['etdc unknown-key']],
    [
      'a prototype key',
      JSON.parse('{"members":[{"name":"e1","address":"10.0.0.1"}],"__proto__":{}}'),
      ['__proto__ unknown-key'],
    ],
    ['an unknown preset', { members: [member], preset: 'hardend' }, ['preset unlisted-value']],
    ['a name with a slash', { members: [{ ...member, name: 'a/b' }] }, ['members[0].name malformed-value']],
    ['a name with "="', { members: [{ ...member, name: 'a=b' }] }, ['members[0].name malformed-value']],
    [
      'a name with a newline',
      { members: [{ ...member, name: 'a\nb' }] },
      ['members[0].name malformed-value'],
    ],
    ['a name that is a number', { members: [{ ...member, name: 1 }] }, ['members[0].name wrong-type']],
    [
      'a name that is another tarball',
      { members: [{ ...member, name: 'admin' }] },
      ['members[0].name tarball-name-taken'],
    ],
    [
      'two names alike',
      { members: [member, { name: 'E1', address: '10.0.0.2' }] },
      ['members[1].name repeated-member-name'],
    ],
    [
      'two addresses alike',
      { members: [member, { name: 'e2', address: '10.0.0.1' }] },
      ['members[1].address repeated-address'],
    ],
    [
      'one address in two spellings',
      {
        members: [
          { name: 'e1', address: 'fd00::1' },
          { name: 'e2', address: 'FD00:0::1' },
        ],
      },
      ['members[1].address repeated-address'],
    ],
    ['0.0.0.0', { members: [{ ...member, address: '0.0.0.0' }] }, ['members[0].address unreachable-address']],
    ['::', { members: [{ ...member, address: '::' }] }, ['members[0].address unreachable-address']],
    [
      'an octal address',
      { members: [{ ...member, address: '010.0.0.1' }] },
      ['members[0].address not-an-address'],
    ],
    ['a prefix', { members: [{ ...member, address: '10.0.0.1/24' }] }, ['members[0].address not-an-address']],
    ['a zone', { members: [{ ...member, address: 'fe80::1%eth0' }] }, ['members[0].address not-an-address']],
    [
      'multicast',
      { members: [{ ...member, address: '239.1.1.1' }] },
      ['members[0].address unreachable-address'],
    ],
    [
      "another member's address as a SAN",
      {
        members: [
          { ...member, altNames: ['10.0.0.2'] },
          { name: 'e2', address: '10.0.0.2' },
        ],
      },
      ['members[0].altNames[0] foreign-alt-name'],
    ],
    [
      'a DNS name to listen on',
      { members: [{ ...member, listenClientUrls: ['https://e1.example.org:2379'] }] },
      ['members[0].listenClientUrls[0] bind-address'],
    ],
    [
      'an unspecified address to advertise',
      { members: [{ ...member, advertiseClientUrls: ['https://0.0.0.0:2379'] }] },
      ['members[0].advertiseClientUrls[0] unreachable-url'],
    ],
    [
      'a URL with a path',
      { members: [{ ...member, listenPeerUrls: ['https://10.0.0.1:2380/'] }] },
      ['members[0].listenPeerUrls[0] not-a-url'],
    ],
    [
      'client and peer port alike',
      { members: [member], etcd: { peerPort: 2379 } },
      ['etcd.peerPort port-clash'],
    ],
    [
      'metrics on the client port',
      { members: [member], etcd: { metricsUrls: ['http://127.0.0.1:2379'] } },
      ['etcd.metricsUrls port-clash'],
    ],
    [
      'https without certificates',
      { members: [member], certificates: { tls: 'none' }, etcd: { loopback: 'https' } },
      ['etcd.loopback clients-without-pair'],
    ],
    [
      'a relative directory',
      { members: [member], etcd: { dataDir: 'etcd' } },
      ['etcd.dataDir malformed-value'],
    ],
    [
      'a directory that a shell would split',
      { members: [member], etcd: { dataDir: '/var/lib/my etcd' } },
      ['etcd.dataDir path-character'],
    ],
    [
      'a data directory of the system',
      { members: [member], etcd: { dataDir: '/var/lib' } },
      ['etcd.dataDir system-folder'],
    ],
    [
      'data among certificates',
      { members: [member], etcd: { dataDir: '/etc/etcd/pki/data' } },
      ['etcd.dataDir certificates-inside-data'],
    ],
    [
      'certificates among data',
      { members: [member], certificates: { directory: '/var/lib/etcd/pki' } },
      ['certificates.directory certificates-inside-data'],
    ],
    [
      'an unknown release',
      { members: [member], etcd: { version: '3.99' } },
      ['etcd.version unknown-etcd-version'],
    ],
    [
      'a setting of another release',
      { members: [member], etcd: { version: '3.5', settings: { 'max-learners': 2 } } },
      ['etcd.settings.max-learners setting-not-in-release'],
    ],
    [
      'a leaf that outlives its CA',
      { members: [member], certificates: { validity: { ca: '24h', leaf: '48h' } } },
      ['certificates.validity.leaf outlives-authority'],
    ],
    [
      'a duration in days',
      { members: [member], certificates: { validity: { leaf: '365d' } } },
      ['certificates.validity.leaf not-a-duration'],
    ],
    [
      'a CA key on nobody',
      { members: [member], certificates: { caKeyOn: ['e9'] } },
      ['certificates.caKeyOn[0] no-such-member'],
    ],
    [
      'a unit with its suffix',
      { members: [member], systemd: { unit: 'etcd.service' } },
      ['systemd.unit unit-suffix'],
    ],
    [
      'a second ExecStart',
      { members: [member], systemd: { directives: { Service: { ExecStart: '/bin/true' } } } },
      ['systemd.directives.Service.ExecStart directive-decided-elsewhere'],
    ],
    [
      'a directive of two lines',
      { members: [member], systemd: { directives: { Unit: { Description: 'a\nb' } } } },
      ['systemd.directives.Unit.Description unit-line'],
    ],
    [
      'settings in Environment=',
      { members: [member], systemd: { directives: { Service: { Environment: 'ETCD_NAME=x' } } } },
      ['systemd.directives.Service.Environment environment-of-etcd'],
    ],
    ['a token with a space', { members: [member], cluster: { token: 'a b' } }, ['cluster.token not-a-token']],
    [
      'two clients alike',
      { members: [member], clients: [{ name: 'a' }, { name: 'a' }] },
      ['clients[1].name repeated-client-name'],
    ],
    [
      'a kubeadm API that is too new',
      { members: [member], kubernetes: { version: '1.24', kubeadmApi: 'v1beta4' } },
      ['kubernetes.kubeadmApi kubeadm-api'],
    ],
    [
      'a member that kubeadm cannot name',
      { members: [{ name: 'E_1', address: '10.0.0.1' }], kubernetes: {} },
      ['members[0].name kubeadm-member-name'],
    ],
    [
      'a Kubernetes version that YAML shortened',
      { members: [member], kubernetes: { version: 1.3 } },
      ['kubernetes.version unknown-kubernetes-version'],
    ],
  ])('%s', (_, document, expected) => {
    expect(pathsAndCodes(document)).toEqual(expected);
  });

  it('all at once, in shape and in meaning', () => {
    expect(
      pathsAndCodes({
        membrs: [],
        members: [
          { name: 'a/b', address: '10.0.0.256', altName: [] },
          { name: 'e2', address: '::' },
        ],
        etcd: { version: '9', dataDir: 'x', config: 'toml' },
      }),
    ).toEqual([
      'membrs unknown-key',
      'members[0].name malformed-value',
      'members[0].address not-an-address',
      'members[0].altName unknown-key',
      'members[1].address unreachable-address',
      'etcd.version unknown-etcd-version',
      'etcd.dataDir malformed-value',
      'etcd.config unlisted-value',
    ]);
  });

  it('with a cure each', () => {
    for (const issue of issuesOf({
      members: [{ name: '', address: '' }],
      preset: 1,
      etcd: { settings: [] },
    })) {
      expect(issue.cure).not.toBe('');
      expect(issue.message).toMatch(/\.$/);
    }
  });

  it('suggests the key that was meant', () => {
    expect(issuesOf({ members: [member], certificate: {} })[0]?.cure).toBe('Did you mean certificates?');
    expect(issuesOf({ members: [{ ...member, adress: 'x' }] })[0]?.cure).toBe('Did you mean address?');
  });
});

describe('text that is not what YAML should be', () => {
  it.each<[string, string, string]>([
    ['a syntax error', 'members: [', 'yaml-unclosed'],
    ['a key twice', 'members: []\nmembers: []', 'repeated-key'],
    ['an unknown alias', 'members: *m', 'yaml-alias'],
    [
      'a billion laughs',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((letter, i) => `${letter}: &${letter} [${Array(10).fill(`*${'abcdefg'[i]}`).join(',')}]`).join('\n')}`,
      'yaml-alias-expansion',
    ],
    ['two documents', 'members: []\n---\nmembers: []', 'yaml-documents'],
  ])('%s', (_, text, code) => {
    expect(() => parseClusterDocument(text)).toThrow(EtcdBundleError);
    try {
      parseClusterDocument(text);
    } catch (error) {
      expect(error instanceof EtcdBundleError ? error.issues[0]?.code : undefined).toBe(code);
    }
  });
});
