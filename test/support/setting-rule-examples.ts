import { ETCD_RELEASES, type EtcdRelease } from '../../src/etcd-releases.js';

/** Settings that one rule is there for, laid over those of a member that stands alone. */
export interface SettingRuleExample {
  readonly rule: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly releases: readonly EtcdRelease[];
  /** With certificates and https URLs under them. */
  readonly tls: boolean;
  /** How a document comes to the same; undefined where it cannot. */
  readonly document: Readonly<Record<string, unknown>> | undefined;
}

const FROM_3_5: readonly EtcdRelease[] = ETCD_RELEASES.filter((release) => release !== '3.4');
const FROM_3_6: readonly EtcdRelease[] = FROM_3_5.filter((release) => release !== '3.5');
const ONLY_AES_256 = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384';
const URL = 'http://127.0.0.1:';

/** At least one for each rule. `@CLIENT`, `@PEER` and `@OTHER` stand for ports, `@DIR` for a folder. */
export const settingRuleExamples: readonly SettingRuleExample[] = [
  example('auth-token', { 'auth-token': 'jwt' }),
  example('auth-token', { 'auth-token': 'jwt,sign-method=HS256' }),
  example('auth-token', { 'auth-token': 'simple,foo' }),
  example('compact-hash-check-time-not-zero', { 'compact-hash-check-time': '0' }, FROM_3_6),
  example('compact-hash-check-time-not-zero', { 'experimental-compact-hash-check-time': '0' }, [
    '3.5',
    '3.6',
  ]),
  example('max-learners-not-negative', { 'max-learners': '-1' }, FROM_3_6),
  example(
    'sampling-rate-in-range',
    { 'enable-distributed-tracing': 'true', 'distributed-tracing-sampling-rate': '1000001' },
    FROM_3_6,
  ),
  example(
    'sampling-rate-in-range',
    {
      'experimental-enable-distributed-tracing': 'true',
      'experimental-distributed-tracing-sampling-rate': '-1',
    },
    ['3.5', '3.6'],
  ),
  example('retention-too-short', { 'auto-compaction-retention': '9ns' }),
  ...['{', '{"maxsize":"a"}', '{"size":1}', '{}', '[]', 'null'].map((json) =>
    example(
      'rotation-config',
      { 'enable-log-rotation': 'true', 'log-outputs': '@DIR/a', 'log-rotation-config-json': json },
      FROM_3_5,
    ),
  ),
  example('heartbeat-not-zero', { 'heartbeat-interval': '0' }),
  example('election-not-zero', { 'election-timeout': '0' }),
  example('election-five-heartbeats', { 'heartbeat-interval': '300', 'election-timeout': '1000' }),
  example('election-too-long', { 'heartbeat-interval': '100', 'election-timeout': '50001' }),
  example('tls-versions-cross', { 'tls-min-version': 'TLS1.3', 'tls-max-version': 'TLS1.2' }, FROM_3_5),
  example(
    'cipher-suites-of-tls-1.3',
    { 'tls-min-version': 'TLS1.3', 'cipher-suites': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
    FROM_3_5,
  ),
  withTls('cipher-suites-of-http-2', { 'cipher-suites': ONLY_AES_256 }),
  withTls('cipher-suites-of-http-2', { 'cipher-suites': 'TLS_AES_128_GCM_SHA256' }),
  withTls('peers-allowed-twice', { 'peer-cert-allowed-cn': 'a', 'peer-cert-allowed-hostname': 'b' }),
  withTls('allowed-hostname-and-gateway', { 'client-cert-allowed-hostname': 'n' }),
  example(
    'crl-passed-over',
    { 'client-crl-file': '@DIR/crl', 'listen-client-http-urls': `${URL}@OTHER` },
    [],
  ),
  example('retention-of-revisions', {
    'auto-compaction-mode': 'revision',
    'auto-compaction-retention': '1h',
  }),
  example('retention-of-hours', { 'auto-compaction-retention': '2562048' }, []),
  example('setting-of-another-logger', { logger: 'zap', debug: 'true' }, ['3.4']),
  example('setting-of-another-logger', { logger: 'capnslog', 'log-level': 'debug' }, ['3.4']),
  example('capnslog-one-output', { logger: 'capnslog', 'log-outputs': 'stdout,stderr' }, ['3.4']),
  example('capnslog-one-output', { logger: 'capnslog', 'log-outputs': '/var/log/etcd/etcd.log' }, ['3.4']),
  example('default-output-alone', { logger: 'zap', 'log-outputs': 'default,stdout' }),
  example('journal-alone', { logger: 'zap', 'log-outputs': 'systemd/journal,stdout' }),
  example('rotation-of-one-file', { 'enable-log-rotation': 'true' }, FROM_3_5),
  example(
    'rotation-of-one-file',
    { 'enable-log-rotation': 'true', 'log-outputs': '@DIR/a,@DIR/b' },
    FROM_3_5,
  ),
  example('rotation-of-nothing', { 'enable-log-rotation': 'true', 'log-outputs': 'stdout,stderr' }, FROM_3_5),
  example('renamed-flag-twice', { 'experimental-corrupt-check-time': '1h', 'corrupt-check-time': '2h' }, [
    '3.6',
  ]),
  example(
    'gate-and-flag',
    { 'experimental-initial-corrupt-check': 'true', 'feature-gates': 'InitialCorruptCheck=true' },
    ['3.6'],
  ),
  example('lease-checkpoint-flags', { 'experimental-enable-lease-checkpoint-persist': 'true' }, [
    '3.4',
    '3.5',
    '3.6',
  ]),
  example('lease-checkpoint-gates', { 'feature-gates': 'LeaseCheckpointPersist=true' }, FROM_3_6),
  example('lease-checkpoint-gates', { 'feature-gates': 'AllAlpha=true,LeaseCheckpoint=false' }, FROM_3_6),
  example('v2-and-its-end', { 'enable-v2': 'true', 'v2-deprecation': 'write-only' }, ['3.5']),
  example('force-new-cluster-stays', { 'force-new-cluster': 'true' }),
  inMember('bind-address', { 'listen-client-urls': 'http://etcd.example.org:@CLIENT' }, [
    { listenClientUrls: ['http://etcd.example.org:2379'] },
  ]),
  inMember('bind-address', { 'listen-metrics-urls': 'http://etcd.example.org:@OTHER' }, [
    { listenMetricsUrls: ['http://etcd.example.org:2381'] },
  ]),
  inMember('port-clash', { 'listen-client-urls': `${URL}@CLIENT`, 'listen-peer-urls': `${URL}@CLIENT` }, [
    { listenClientUrls: [`${URL}2379`], listenPeerUrls: [`${URL}2379`] },
  ]),
  inMember('port-clash', { 'listen-client-urls': `${URL}@CLIENT,http://0.0.0.0:@CLIENT` }, [
    { listenClientUrls: [`${URL}2379`, 'http://0.0.0.0:2379'] },
  ]),
  inMember(
    'port-clash',
    { 'listen-client-urls': `${URL}@CLIENT`, 'listen-metrics-urls': 'http://localhost:@CLIENT' },
    [{ listenClientUrls: [`${URL}2379`], listenMetricsUrls: ['http://localhost:2379'] }],
  ),
  example(
    'port-clash',
    { 'listen-client-urls': `${URL}@CLIENT`, 'listen-client-http-urls': `${URL}@CLIENT` },
    FROM_3_5,
  ),
  {
    ...withTls('mixed-schemes', { 'listen-client-urls': `https://127.0.0.1:@CLIENT,${URL}@CLIENT` }),
    document: {
      members: [
        { name: 'n', address: '10.0.0.1', listenClientUrls: ['https://10.0.0.1:1', 'http://10.0.0.1:1'] },
      ],
    },
  },
  inMember(
    'nameless-socket',
    { 'listen-metrics-urls': 'unix:///run/etcd/metrics.sock' },
    [{ listenMetricsUrls: ['unix:///run/etcd/metrics.sock'] }],
    FROM_3_5,
  ),
  inMember(
    'nameless-socket',
    { 'listen-peer-urls': `${URL}@PEER,unix:///run/etcd/peer.sock` },
    [{ listenPeerUrls: [`${URL}2380`, 'unix:///run/etcd/peer.sock'] }],
    FROM_3_5,
  ),
  inMember(
    'relative-socket',
    { 'listen-client-urls': `${URL}@CLIENT,unix://etcd.sock` },
    [{ listenClientUrls: [`${URL}2379`, 'unix://etcd.sock'] }],
    FROM_3_5,
  ),
  inMember(
    'socket-too-long',
    { 'listen-client-urls': `${URL}@CLIENT,unix:///tmp/${'e'.repeat(103)}` },
    [{ listenClientUrls: [`${URL}2379`, `unix:///run/etcd/${'e'.repeat(98)}`] }],
    FROM_3_5,
  ),
  inMember('peers-without-pair', { 'listen-peer-urls': 'https://127.0.0.1:@PEER' }, [
    { listenPeerUrls: ['https://127.0.0.1:2380'] },
  ]),
  inMember('clients-without-pair', { 'listen-client-urls': 'https://127.0.0.1:@CLIENT' }, [
    { listenClientUrls: ['https://127.0.0.1:2379'] },
  ]),
  inMember('metrics-without-pair', { 'listen-metrics-urls': 'https://127.0.0.1:@OTHER' }, [
    { listenMetricsUrls: ['https://127.0.0.1:2381'] },
  ]),
  { ...withTls('half-pair', { 'key-file': '' }), document: undefined },
  { ...withTls('half-pair', { 'peer-key-file': '' }), document: undefined },
  { ...example('half-pair-unused', { 'cert-file': '@DIR/crt' }), document: undefined },
];

function example(
  rule: string,
  settings: SettingRuleExample['settings'],
  releases: readonly EtcdRelease[] = ETCD_RELEASES,
): SettingRuleExample {
  const own = Object.fromEntries(
    Object.entries(settings)
      .filter(([name]) => name !== 'listen-client-urls')
      .map(([name, value]) => [
        name,
        value.replaceAll('@DIR', '/var/log/etcd').replace('@CLIENT', '2379').replace('@OTHER', '2382'),
      ]),
  );
  return {
    rule,
    settings,
    releases,
    tls: false,
    document: {
      preset: 'plain-http',
      members: [{ name: 'n', address: '127.0.0.1' }],
      etcd: { settings: own },
    },
  };
}

function withTls(rule: string, settings: SettingRuleExample['settings']): SettingRuleExample {
  return {
    ...example(rule, settings),
    tls: true,
    document: { members: [{ name: 'n', address: '10.0.0.1' }], etcd: { settings } },
  };
}

function inMember(
  rule: string,
  settings: SettingRuleExample['settings'],
  [member]: readonly [Readonly<Record<string, unknown>>],
  releases: readonly EtcdRelease[] = ETCD_RELEASES,
): SettingRuleExample {
  return {
    ...example(rule, settings, releases),
    document: { preset: 'plain-http', members: [{ name: 'n', address: '127.0.0.1', ...member }] },
  };
}
