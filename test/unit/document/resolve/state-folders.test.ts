import { describe, expect, it } from 'vitest';
import { parseClusterSpec } from '../../../../src/document/parse.js';
import { refusedAt, TWO_MEMBERS } from './document.js';

/** The second of two members has them. */
const withOwn = (own: object, rest: object = {}): object => ({
  members: TWO_MEMBERS.map((member, index) => (index === 1 ? { ...member, ...own } : member)),
  ...rest,
});

describe("a member's own folders", () => {
  it('are its own alone', () => {
    const { etcd, members } = parseClusterSpec(
      withOwn({ dataDir: '/data/etcd/', walDir: '/ssd/etcd' }, { etcd: { walDir: '/wal' } }),
    );
    expect(etcd).toMatchObject({ dataDir: '/var/lib/etcd', walDir: '/wal' });
    expect(members).toMatchObject([{ name: 'e1' }, { dataDir: '/data/etcd', walDir: '/ssd/etcd' }]);
    expect(Object.keys(members[0] ?? {})).not.toEqual(expect.arrayContaining(['dataDir']));
    expect(Object.keys(members[0] ?? {})).not.toEqual(expect.arrayContaining(['walDir']));
  });

  it.each([
    [{ dataDir: '/var/lib' }, {}, 'members[1].dataDir system-folder'],
    [{ walDir: '/srv//wal' }, {}, 'members[1].walDir path-not-shortest'],
    [{ dataDir: '/etc/etcd/pki/data' }, {}, 'members[1].dataDir certificates-inside-data'],
    [{ walDir: '/etc/etcd' }, {}, 'members[1].walDir certificates-inside-data'],
    [{ dataDir: '/opt/etcd' }, { etcd: { binary: '/opt/etcd/etcd' } }, undefined],
    [{ dataDir: '/opt/etcd/data' }, { etcd: { binary: '/opt/etcd' } }, 'members[1].dataDir path-taken'],
    [{ dataDir: '/root/etcd' }, {}, 'members[1].dataDir folder-closed-to-service'],
    [{ walDir: '/var/lib/private/wal' }, {}, 'members[1].walDir folder-closed-to-service'],
    [{ dataDir: '/root/etcd' }, { systemd: { user: 'root' } }, undefined],
    [{ walDir: '/var/lib/etcd' }, {}, 'members[1].walDir wal-inside-data'],
    [{ dataDir: '/ssd' }, { etcd: { walDir: '/ssd/wal' } }, undefined],
    [{ dataDir: '/ssd/wal/data' }, { etcd: { walDir: '/ssd/wal' } }, 'members[1].dataDir wal-inside-data'],
    [{ dataDir: '/a', walDir: '/a/member/wal' }, {}, 'members[1].walDir wal-inside-data'],
    [{ dataDir: '/a', walDir: '/a/wal' }, {}, undefined],
    [
      { dataDir: '/etc/etcd' },
      { etcd: { config: 'yaml' }, certificates: { directory: '/srv/pki' } },
      'members[1].dataDir file-inside-data',
    ],
    [
      { dataDir: '/srv' + '/etcd' },
      { etcd: { config: 'yaml', configFile: '/srv/etcd/etcd.yml' } },
      'etcd.configFile file-inside-data',
    ],
    [
      { walDir: '/srv/wal' },
      { certificates: { files: { peer: { key: '/srv/wal/peer.key' } } } },
      'certificates.files.peer.key file-inside-data',
    ],
    [
      { walDir: '/srv/wal' },
      { etcd: { settings: { 'auth-token': 'jwt,sign-method=ES256,priv-key=/srv/wal/jwt' } } },
      'etcd.settings.auth-token file-inside-data',
    ],
    [
      { dataDir: '/srv/etcd' },
      { etcd: { settings: { 'log-outputs': '/srv/etcd/member/log' } } },
      'etcd.settings.log-outputs log-file-out-of-reach',
    ],
    [{ dataDir: '/srv/etcd' }, { etcd: { settings: { 'log-outputs': '/srv/etcd/logs/log' } } }, undefined],
    [{ settings: { 'data-dir': '/data' } }, {}, 'members[1].settings.data-dir setting-decided-elsewhere'],
  ])('are held against all that the cluster has: %j %j', (own, rest, expected) => {
    expect(refusedAt(withOwn(own, rest))).toEqual(expected === undefined ? [] : [expected]);
  });

  it('take the place of one that no member has', () => {
    const certificates = { directory: '/var/lib/etcd/pki' };
    const all = TWO_MEMBERS.map((member) => ({ ...member, dataDir: '/data/etcd' }));
    expect(refusedAt({ members: all, certificates })).toEqual([]);
    expect(refusedAt(withOwn({ dataDir: '/data/etcd' }, { certificates }))).toEqual([
      'certificates.directory certificates-inside-data',
    ]);
  });
});
