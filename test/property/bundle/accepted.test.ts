import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../../src/etcd/setting/table.js';
import { parseEtcdVersion } from '../../../src/etcd/version.js';
import {
  type ClusterSpec,
  isEtcdBundleError,
  issuePki,
  parseClusterSpec,
  planCertificates,
  renderBundles,
} from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';
import { verifyBundle } from '../../../src/verify/verify-bundle.js';
import { clusterDocument } from '../../support/arbitrary-cluster.js';
import { makeFurtherAuthority } from '../../support/further-authority.js';
import { runs } from '../../support/long-tests.js';
import { sampleOf } from '../../support/setting-samples.js';

const NOW = 1_800_000_000;
/** The same documents in every run; another number looks for others. */

const further = makeFurtherAuthority(NOW);

/** What the operator writes beside names and addresses, right and wrong alike: whatever is accepted has to work. */
const settings = fc.uniqueArray(
  fc.oneof(
    fc
      .constantFrom(...SETTINGS)
      .map((row): [string, string] => [
        row.name,
        sampleOf(row, parseEtcdVersion('3.7') ?? { release: '3.7' }),
      ]),
    fc.constantFrom<[string, string]>(
      ['peer-cert-allowed-cn', 'etcd'],
      ['peer-cert-allowed-cn', 'm1,m2'],
      ['peer-cert-allowed-hostname', 'localhost'],
      ['peer-cert-allowed-hostname', 'etcd.local'],
      ['client-cert-allowed-hostname', 'etcd.local'],
      ['enable-grpc-gateway', 'false'],
      ['auth-token', 'jwt,sign-method=RS512,pub-key=/etc/etcd/jwt.pub,priv-key=/etc/etcd/jwt.key'],
      ['auth-token', 'jwt,sign-method=HS256,priv-key=/srv/jwt'],
      ['auth-token', 'jwt,sign-method=ES384,priv-key=/var/lib/etcd/jwt'],
      ['cipher-suites', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
      ['tls-max-version', 'TLS1.2'],
      ['tls-min-version', 'TLS1.3'],
      ['listen-client-http-urls', 'https://0.0.0.0:2399'],
      ['listen-client-http-urls', 'http://127.0.0.1:2379'],
      ['log-outputs', '/var/log/etcd/etcd.log'],
      ['log-outputs', 'stderr,/tmp/etcd.log'],
      ['client-cert-auth', 'false'],
      ['client-crl-file', '/etc/etcd/crl.der'],
      ['host-whitelist', 'localhost'],
      ['election-timeout', '60000'],
    ),
  ),
  { maxLength: 4, selector: ([name]) => name },
);
const folder = fc.constantFrom(
  undefined,
  undefined,
  '/var/lib/etcd',
  '/var/lib/etcd-events/data',
  '/data/etcd',
  '/etc/etcd',
  '/etc/etcd/pki',
  '/root/etcd',
  '/home/etcd/data',
  '/tmp/etcd',
  '/run/etcd',
  '/opt/etcd/bin',
);
/** Directives of [Service] that take something from a service, or give it. */
const VALUES: Readonly<Record<string, readonly (string | boolean | readonly string[])[]>> = {
  Type: ['notify', 'simple', 'exec', 'forking', 'notify-reload', 'none'],
  EnvironmentFile: ['-/etc/default/etcd', '/etc/default/etcd', ''],
  Restart: ['no', 'always'],
  TimeoutStartSec: ['1ms', '90', 'infinity', 'soon'],
  TimeoutSec: ['1ms', '5min'],
  WatchdogSec: ['30', '0', 'infinity'],
  NotifyAccess: ['none', 'all'],
  ExecStartPre: [
    '/bin/false',
    '-/bin/false',
    '/bin/sleep 1',
    '/bin/echo %Z',
    '+/usr/bin/chown -R root: /var/lib/etcd',
  ],
  ExecStartPost: ['/usr/bin/false', '/bin/true'],
  ExecCondition: ['/bin/false', '/bin/true'],
  User: ['etcd'],
  DynamicUser: [true, false],
  SupplementaryGroups: ['root', 'keys'],
  PrivateUsers: [true, false],
  CapabilityBoundingSet: [
    '',
    'CAP_NET_BIND_SERVICE',
    '~CAP_NET_BIND_SERVICE',
    'CAP_DAC_OVERRIDE',
    '~CAP_DAC_OVERRIDE',
  ],
  AmbientCapabilities: [
    '',
    'CAP_NET_BIND_SERVICE',
    'CAP_DAC_READ_SEARCH',
    'CAP_DAC_OVERRIDE CAP_NET_BIND_SERVICE',
  ],
  WorkingDirectory: ['/', '~', '-/srv/none', '/var/lib', '/tmp', 'etcd'],
  RootDirectory: ['/', '/srv/etcd'],
  Environment: ['GOGC=50', 'ETCD_NAME=x', 'ETCD_UNSUPPORTED_ARCH=arm'],
  UnsetEnvironment: ['ETCD_NAME', 'PATH'],
  UMask: ['0077', '0777', '0', '0400', 'x'],
  LimitNOFILE: ['5', '200', '65536', 'infinity'],
  LimitAS: ['4G', 'infinity', '16G:32G'],
  LimitFSIZE: ['1M', '1G'],
  LimitNPROC: ['1', '512'],
  ProtectSystem: [true, 'full', 'strict', 'STRICT', false],
  ProtectHome: [true, 'read-only', 'tmpfs', false],
  PrivateTmp: [true, 'disconnected', false],
  PrivateDevices: [true],
  ReadWritePaths: [
    '',
    '/',
    '/var/lib',
    '-/srv/none',
    '/home',
    '-/tmp/etcd',
    '/run',
    '/etc/etcd',
    ['/data', '/var/log/etcd'],
  ],
  ReadOnlyPaths: ['/', '/var/lib', '/etc', '/run', '-/home', '/tmp'],
  InaccessiblePaths: [
    '/',
    '/etc/etcd',
    '/etc/etcd/pki/server.key',
    '/etc/etcd/pki/ca.key',
    '/var/lib/etcd',
    '-/data',
    '/run',
    '/usr/local',
    '/var/log',
    '/home /root',
    ['/srv', ''],
  ],
  TemporaryFileSystem: ['/var', '/var/lib/etcd:mode=0700', '/etc:ro', '/run', '/tmp', '/home', '/opt:ro'],
  BindPaths: ['/srv/x:/var/lib/etcd', '/srv/x:/etc/etcd', '-/run', '/var/lib/etcd', '/srv/x:/usr/local'],
  BindReadOnlyPaths: ['/srv/x:/etc/etcd/pki', '/etc/etcd', '/var/lib', '/srv/x:/tmp'],
  NoExecPaths: ['/', '/usr', '/tmp'],
  ExecPaths: ['/usr/local/bin/etcd', '/usr'],
  RuntimeDirectory: ['etcd', 'etcd/pki', '%N'],
  RuntimeDirectoryPreserve: [true, 'restart', false],
  RuntimeDirectoryMode: ['0000', '0500', '0700'],
  StateDirectory: ['etcd', 'etcd-events', 'etcd-events/data', '%p', '', 'other'],
  StateDirectoryMode: ['0000', '0100', '0300', '0500', '0700', 'x'],
  CacheDirectory: ['etcd'],
  LogsDirectory: ['etcd'],
  LogsDirectoryMode: ['0555', '0755'],
  ConfigurationDirectory: ['etcd', 'etcd/pki'],
  ConfigurationDirectoryMode: ['0000', '0700'],
  LoadCredential: ['x:/etc/hosts'],
  PrivateNetwork: [true, false, 'YES'],
  RestrictAddressFamilies: [
    'AF_INET',
    'AF_INET6 AF_UNIX',
    '~AF_INET6',
    'none',
    'AF_INET AF_INET6 AF_UNIX',
    '',
  ],
  Nice: ['5'],
};
const service = fc
  .uniqueArray(
    fc
      .constantFrom(...Object.keys(VALUES))
      .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(VALUES[name] ?? [])))),
    { maxLength: 3, selector: ([name]) => name },
  )
  .map((pairs) => Object.fromEntries(pairs));
const systemd = fc.record(
  {
    unit: fc.constantFrom('etcd', 'etcd-events', 'etcd@main', 'etcd3'),
    user: fc.constantFrom('etcd', 'root', 'kube'),
    hardening: fc.boolean(),
    directives: fc.record(
      {
        Service: service,
        Install: fc.constantFrom(
          { WantedBy: 'multi-user.target' },
          { WantedBy: '' },
          { RequiredBy: 'x.target' },
        ),
        Unit: fc.constantFrom(
          { Requires: 'network.target' },
          { ConditionPathExists: '/etc/etcd' },
          { ConditionPathExists: '!/etc' },
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const port = fc.constantFrom(undefined, undefined, 2379, 2380, 2381, 379, 4001, 12379);

const document = fc
  .record({
    base: clusterDocument,
    settings,
    systemd,
    dataDir: folder,
    walDir: folder,
    own: fc.record({ dataDir: folder, walDir: folder }),
    directory: folder,
    port,
    peer: port,
  })
  .map(
    ({ base, settings: pairs, systemd: unit, dataDir, walDir, own, directory, port: clientPort, peer }) => {
      const etcd: object =
        'etcd' in base && typeof base.etcd === 'object' && base.etcd !== null ? base.etcd : {};
      return {
        ...base,
        members: base.members.map((member, index) => (index === 0 ? { ...member, ...defined(own) } : member)),
        systemd: unit,
        etcd: {
          ...etcd,
          ...defined({ dataDir, walDir, clientPort, peerPort: peer }),
          settings: Object.fromEntries(pairs),
        },
        certificates: { ...base.certificates, ...defined({ directory }) },
      };
    },
  );

describe('a document that is accepted', () => {
  it('gives a bundle in which verify finds no error', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(document, async (drawn) => {
        const planned = plan(drawn);
        if (planned === undefined) return;
        accepted += 1;
        expect(await errorsOf(planned)).toEqual([]);
      }),
      { numRuns: runs(3000, 100) },
    );
    expect(accepted).toBeGreaterThan(runs(3000, 100) / 20);
  });
});

/** undefined where the document is refused */
function plan(drawn: unknown): ClusterSpec | undefined {
  try {
    const spec = parseClusterSpec(drawn);
    planCertificates(spec);
    return spec;
  } catch (error) {
    if (isEtcdBundleError(error)) return undefined;
    throw error;
  }
}

async function errorsOf(spec: ClusterSpec): Promise<readonly string[]> {
  const crypto = nodeCryptoProvider();
  const { trust } = await further;
  const pki = await issuePki(spec, planCertificates(spec), { crypto, now: NOW, trust });
  const roots = [...renderBundles(spec, pki)].map(({ name, files }) => ({ name, files }));
  const { findings } = await verifyBundle(roots, { crypto, at: NOW + 60 });
  return findings
    .filter(({ level }) => level === 'error')
    .map(({ rule, member, path, message }) => `${rule} ${member} ${path}: ${message}`);
}

function defined(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
