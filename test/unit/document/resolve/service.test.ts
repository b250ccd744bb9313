import { describe, expect, it } from 'vitest';
import { documentNotices, parseClusterSpec } from '../../../../src/index.js';
import { refusals, refusedAt } from './document.js';

type Directives = Readonly<Record<string, string | readonly string[]>>;

const AT = 'systemd.directives.Service.';
const withDirectives = (service: Directives, more: object = {}): object => ({
  ...more,
  systemd: { directives: { Service: service } },
});
const plain = (service: Directives, more: object = {}): object => ({
  preset: 'environment-file',
  ...withDirectives(service, more),
});

describe('directives of a service', () => {
  // What systemd and etcd do with each: test/hosts/laboratory, test/conformance/verify/sandbox.test.ts.
  it.each<readonly [object, readonly string[]]>([
    [withDirectives({ TimeoutStartSec: '1ms' }), ['TimeoutStartSec service-ended']],
    [withDirectives({ TimeoutStartSec: '90' }), []],
    [withDirectives({ Type: 'simple', TimeoutStartSec: '1ms' }), []],
    [withDirectives({ WatchdogSec: '30' }), ['WatchdogSec service-ended']],
    [withDirectives({ WatchdogSec: 'infinity' }), []],
    [withDirectives({ RuntimeMaxSec: '30' }), ['RuntimeMaxSec service-ended']],
    [withDirectives({ RuntimeMaxSec: '1d' }), []],
    [
      withDirectives({ RestrictAddressFamilies: 'AF_INET6 AF_UNIX' }),
      ['RestrictAddressFamilies service-isolated'],
    ],
    [
      withDirectives({ RestrictAddressFamilies: 'AF_INET AF_INET6' }),
      ['RestrictAddressFamilies service-isolated'],
    ],
    [withDirectives({ RestrictAddressFamilies: 'AF_INET AF_INET6 AF_UNIX' }), []],
    [withDirectives({ LimitFSIZE: '1M' }), ['LimitFSIZE service-limit']],
    [withDirectives({ LimitAS: '16G' }), []],
    [withDirectives({ LimitNOFILE: '150' }), ['LimitNOFILE service-limit']],
    [withDirectives({ LimitNOFILE: '1024:4096' }), []],
    [withDirectives({ LimitNPROC: '8' }), ['LimitNPROC service-limit']],
    [withDirectives({ LimitNPROC: '64' }), []],
    [plain({ LimitNPROC: '8' }), []],
    [plain({ TasksMax: '4' }), ['TasksMax service-limit']],
    [plain({ TasksMax: '4%' }), []],
    [withDirectives({ InaccessiblePaths: '/etc/etcd/pki/server.key' }), ['InaccessiblePaths file-hidden']],
    [withDirectives({ InaccessiblePaths: '/etc/etcd/pki/ca.key' }), []],
    [withDirectives({ InaccessiblePaths: '/usr/local' }), ['InaccessiblePaths file-hidden']],
    [withDirectives({ TemporaryFileSystem: '/etc/etcd' }), ['TemporaryFileSystem file-hidden']],
    [withDirectives({ TemporaryFileSystem: '/run' }), ['TemporaryFileSystem file-hidden']],
    [withDirectives({ TemporaryFileSystem: '/run', BindPaths: '/run/systemd/notify' }), []],
    [withDirectives({ TemporaryFileSystem: '/run', Type: 'simple' }), []],
    [withDirectives({ BindReadOnlyPaths: '/srv/pki:/etc/etcd/pki' }), ['BindReadOnlyPaths file-hidden']],
    [withDirectives({ BindReadOnlyPaths: '/etc/etcd' }), []],
    [withDirectives({ NoExecPaths: '/' }), ['NoExecPaths program-not-executable']],
    [withDirectives({ NoExecPaths: '/', ExecPaths: '/usr/local/bin/etcd' }), []],
    [withDirectives({ ReadOnlyPaths: '/' }), []],
    [withDirectives({ ReadOnlyPaths: '/var/lib/etcd' }), ['ReadOnlyPaths folder-not-writable']],
    [plain({ ReadOnlyPaths: '/var/lib' }), ['ReadOnlyPaths folder-not-writable']],
    [plain({ ReadOnlyPaths: '/var/lib', ReadWritePaths: '/var/lib/etcd' }), []],
    [plain({ ProtectSystem: 'strict' }), ['ProtectSystem folder-not-writable']],
    [plain({ ProtectSystem: 'strict', StateDirectory: 'etcd' }), []],
    [plain({ ProtectSystem: 'full' }), []],
    [plain({ ProtectHome: 'yes' }), []],
    [
      plain({ ProtectHome: 'yes' }, { etcd: { dataDir: '/home/etcd/data' } }),
      ['ProtectHome file-hidden', 'ProtectHome folder-not-writable'],
    ],
    [plain({ PrivateTmp: 'yes' }, { etcd: { dataDir: '/tmp/etcd' } }), ['PrivateTmp file-hidden']],
    [plain({ PrivateTmp: 'yes', WorkingDirectory: '/' }, { etcd: { dataDir: '/tmp/etcd' } }), []],
    // What the bundle itself would have written gives way to the document's.
    [
      withDirectives({ ReadWritePaths: '/srv' }, { etcd: { dataDir: '/data/etcd' } }),
      ['ReadWritePaths folder-not-writable'],
    ],
    [
      withDirectives({ TemporaryFileSystem: '/srv' }, { etcd: { dataDir: '/srv/etcd' } }),
      [
        'TemporaryFileSystem file-hidden',
        'TemporaryFileSystem mount-below-empty',
        'TemporaryFileSystem folder-not-writable',
      ],
    ],
    [withDirectives({ StateDirectoryMode: '0500' }), ['StateDirectoryMode unit-folder-mode']],
    [withDirectives({ StateDirectoryMode: '0750' }), []],
    [withDirectives({ ConfigurationDirectory: 'etcd', ConfigurationDirectoryMode: '0000' }), []],
    [withDirectives({ StateDirectory: '%N', ReadWritePaths: '' }), []],
    [withDirectives({ ExecStartPre: ['/bin/true', '/bin/false'] }), ['ExecStartPre command-fails']],
    [withDirectives({ ExecStartPre: '-/bin/false' }), []],
    [withDirectives({ ExecStartPre: '/bin/echo %Z' }), ['ExecStartPre unknown-specifier']],
    [withDirectives({ ExecStartPre: '/bin/echo %N' }), []],
    [
      withDirectives({ PrivateUsers: 'yes' }, { etcd: { clientPort: 379 } }),
      ['PrivateUsers port-without-capability'],
    ],
  ])('%j: %j', (document, expected) => {
    expect(refusedAt(document)).toEqual(expected.map((line) => `${AT}${line}`));
  });

  it('are told once, however many members there are', () => {
    const members = ['e1', 'e2', 'e3'].map((name, index) => ({ name, address: `10.0.0.${index + 1}` }));
    expect(refusedAt({ members, ...withDirectives({ InaccessiblePaths: '/etc/etcd' }) })).toEqual([
      `${AT}InaccessiblePaths file-hidden`,
    ]);
  });

  it('are blamed for what one member alone cannot reach', () => {
    const members = [
      { name: 'e1', address: '10.0.0.1', dataDir: '/srv/etcd' },
      { name: 'e2', address: '10.0.0.2' },
    ];
    const service = { ProtectSystem: 'strict', StateDirectory: 'etcd' };
    expect(refusals({ members, ...plain(service) })).toEqual([
      `${AT}ProtectSystem folder-not-writable: Write ReadWritePaths=/srv/etcd.`,
    ]);
  });

  it('leave a unix socket its folder', () => {
    const members = [
      {
        name: 'e1',
        address: '10.0.0.1',
        listenClientUrls: ['https://10.0.0.1:2379', 'unix:///run/etcd/etcd.sock'],
      },
    ];
    expect(refusedAt({ members, ...withDirectives({ InaccessiblePaths: '/run' }) })).toEqual([
      `${AT}InaccessiblePaths file-hidden`,
      `${AT}InaccessiblePaths socket-not-made`,
    ]);
    expect(refusedAt({ members, ...withDirectives({ ReadOnlyPaths: '/run' }) })).toEqual([]);
    expect(refusedAt({ members, ...plain({ Type: 'simple', RestrictAddressFamilies: 'AF_INET' }) })).toEqual([
      `${AT}RestrictAddressFamilies service-isolated`,
    ]);
    expect(refusedAt({ members, ...withDirectives({ RuntimeDirectoryMode: '0500' }) })).toEqual([
      `${AT}RuntimeDirectoryMode unit-folder-mode`,
    ]);
  });

  it('are not looked at where a path of etcd is none', () => {
    expect(
      refusedAt(withDirectives({ InaccessiblePaths: '/etc/etcd' }, { etcd: { dataDir: '/a/../b' } })),
    ).toEqual(['etcd.dataDir path-not-shortest']);
  });

  it.each<readonly [object, readonly string[]]>([
    [
      { etcd: { dataDir: '/run/etcd' }, systemd: { directives: { Service: { RuntimeDirectory: 'etcd' } } } },
      ['RuntimeDirectory data-not-kept'],
    ],
    [
      {
        etcd: { dataDir: '/run/etcd' },
        systemd: { directives: { Service: { RuntimeDirectory: 'etcd', RuntimeDirectoryPreserve: 'yes' } } },
      },
      [],
    ],
    [
      plain({ PrivateTmp: 'yes', WorkingDirectory: '/' }, { etcd: { dataDir: '/tmp/etcd' } }),
      ['PrivateTmp data-not-kept'],
    ],
  ])('have a word where data does not outlast the service: %j', (document, expected) => {
    const notices = documentNotices(
      parseClusterSpec({ members: [{ name: 'e1', address: '10.0.0.1' }], ...document }),
    );
    expect(notices.map(({ path, code }) => `${path} ${code}`)).toEqual(
      expected.map((line) => `${AT}${line}`),
    );
  });
});
