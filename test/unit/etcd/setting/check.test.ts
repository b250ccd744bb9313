import { describe, expect, it } from 'vitest';
import type { ConfigStyle } from '../../../../src/cluster-spec.js';
import { checkEtcdSettings } from '../../../../src/etcd/setting/check.js';
import { version } from '../fixture.js';

type Settings = Readonly<Record<string, unknown>>;

function check(release: string, settings: Settings, style: ConfigStyle = 'flags') {
  return checkEtcdSettings(settings, version(release), style, 'etcd.settings');
}

/** `name=value` of what was accepted; throws where anything was not. */
function accepted(release: string, settings: Settings, style: ConfigStyle = 'flags'): readonly string[] {
  const { settings: result, issues } = check(release, settings, style);
  if (issues.length > 0) throw new Error(JSON.stringify(issues));
  return result.map(({ name, value }) => `${name}=${value}`);
}

function codes(release: string, settings: Settings, style: ConfigStyle = 'flags'): readonly string[] {
  return check(release, settings, style).issues.map(({ code, path }) => `${code} ${path.slice(14)}`);
}

describe('values', () => {
  it.each<[string, unknown, string]>([
    ['quota-backend-bytes', '6GiB', '6442450944'],
    ['quota-backend-bytes', 6442450944, '6442450944'],
    ['quota-backend-bytes', '9223372036854775807', '9223372036854775807'],
    ['quota-backend-bytes', -1, '-1'],
    ['max-request-bytes', '32MiB', '33554432'],
    ['heartbeat-interval', 200, '200'],
    ['heartbeat-interval', '200', '200'],
    ['heartbeat-interval', '0.2s', '200'],
    ['election-timeout', '2s', '2000'],
    ['snapshot-count', 10000, '10000'],
    ['snapshot-count', '18446744073709551615', '18446744073709551615'],
    ['grpc-keepalive-interval', '1h30m', '1h30m'],
    ['grpc-keepalive-interval', 0, '0'],
    ['grpc-keepalive-interval', '5\u00b5s', '5us'],
    ['raft-read-timeout', '5000ms', '5000ms'],
    ['pre-vote', true, 'true'],
    ['pre-vote', 'false', 'false'],
    ['auto-compaction-retention', 1, '1'],
    ['auto-compaction-retention', '8', '8'],
    ['auto-compaction-retention', '30m', '30m'],
    ['auto-compaction-retention', '0', '0'],
    ['metrics', 'extensive', 'extensive'],
    ['cors', '*', '*'],
    [
      'cors',
      ['https://a.example.org:443', 'http://10.0.0.1:80'],
      'https://a.example.org:443,http://10.0.0.1:80',
    ],
    ['host-whitelist', 'a.example.org, 10.0.0.1', 'a.example.org,10.0.0.1'],
    ['log-outputs', ['stderr', '/var/log/etcd.log'], 'stderr,/var/log/etcd.log'],
    ['listen-client-http-urls', 'http://127.0.0.1:2382', 'http://127.0.0.1:2382'],
    [
      'listen-client-http-urls',
      ['http://[::1]:2382', 'http://localhost:2383'],
      'http://[::1]:2382,http://localhost:2383',
    ],
    ['peer-cert-allowed-cn', ['e1', 'e2'], 'e1,e2'],
    ['auth-token', 'simple', 'simple'],
    [
      'auth-token',
      'jwt,sign-method=RS256,pub-key=/etc/etcd/jwt.pub,ttl=5m',
      'jwt,sign-method=RS256,pub-key=/etc/etcd/jwt.pub,ttl=5m',
    ],
    ['log-rotation-config-json', { maxsize: 50, compress: true }, '{"maxsize":50,"compress":true}'],
    ['log-rotation-config-json', '{ "maxage":\n 7 }', '{"maxage":7}'],
    ['distributed-tracing-instance-id', 'e1', 'e1'],
    ['client-crl-file', '/etc/etcd/crl.der', '/etc/etcd/crl.der'],
    ['bcrypt-cost', 12, '12'],
    ['max-concurrent-streams', 4294967295, '4294967295'],
  ])('%s: %j becomes %s', (name, value, expected) => {
    expect(accepted('3.6', { [name]: value })).toEqual([`${name}=${expected}`]);
  });

  it.each<[string, unknown, string]>([
    ['quota-backend-bytes', '6G', 'setting-not-a-size'],
    ['quota-backend-bytes', '-6GiB', 'setting-not-a-size'],
    ['quota-backend-bytes', 1.5, 'setting-not-a-size'],
    ['quota-backend-bytes', 2 ** 60, 'setting-not-a-size'],
    ['quota-backend-bytes', '9223372036854775808', 'setting-out-of-range'],
    ['quota-backend-bytes', null, 'setting-without-value'],
    ['quota-backend-bytes', '', 'setting-without-value'],
    ['max-request-bytes', 0, 'setting-out-of-range'],
    ['max-request-bytes', '18446744073709551615', 'setting-out-of-range'],
    ['heartbeat-interval', 0, 'setting-out-of-range'],
    ['heartbeat-interval', '010', 'setting-not-milliseconds'],
    ['heartbeat-interval', '0x10', 'setting-not-milliseconds'],
    ['heartbeat-interval', '1us', 'setting-not-milliseconds'],
    ['election-timeout', 50001, 'setting-out-of-range'],
    ['election-timeout', '1m', 'setting-out-of-range'],
    ['snapshot-count', -1, 'setting-out-of-range'],
    ['snapshot-count', '18446744073709551616', 'setting-out-of-range'],
    ['snapshot-count', '1_000', 'setting-not-an-integer'],
    ['grpc-keepalive-interval', 5, 'setting-not-a-duration'],
    ['grpc-keepalive-interval', '5', 'setting-not-a-duration'],
    ['grpc-keepalive-interval', '1d', 'setting-not-a-duration'],
    ['grpc-keepalive-interval', '-1s', 'setting-out-of-range'],
    ['grpc-keepalive-interval', '2562048h', 'setting-not-a-duration'],
    ['raft-read-timeout', '4999ms', 'setting-out-of-range'],
    ['compact-hash-check-time', '0', 'setting-out-of-range'],
    ['corrupt-check-time', '-1s', 'setting-out-of-range'],
    ['pre-vote', 'yes', 'setting-not-a-boolean'],
    ['pre-vote', 1, 'setting-not-a-boolean'],
    ['pre-vote', 'True', 'setting-not-a-boolean'],
    ['auto-compaction-retention', -1, 'not-a-retention'],
    ['auto-compaction-retention', '-1h', 'not-a-retention'],
    ['auto-compaction-retention', '1d', 'not-a-retention'],
    ['auto-compaction-retention', 1.5, 'not-a-retention'],
    ['auto-compaction-retention', '10ns', 'not-a-retention'],
    ['auto-compaction-mode', 'hourly', 'unlisted-value'],
    ['metrics', 'full', 'unlisted-value'],
    ['metrics', ['basic'], 'unlisted-value'],
    ['log-level', 'warning', 'unlisted-value'],
    ['log-level', 'INFO', 'unlisted-value'],
    ['log-format', 'text', 'unlisted-value'],
    ['logger', 'capnslog', 'value-not-in-release'],
    ['v2-deprecation', 'not-yet', 'value-not-in-release'],
    ['tls-min-version', 'TLS1.1', 'unlisted-value'],
    ['tls-min-version', 1.2, 'unlisted-value'],
    ['cors', 'example.org', 'setting-not-an-origin'],
    ['cors', 'https://example.org', 'setting-not-an-origin'],
    ['cors', ['https://example.org:443', '*'], 'wildcard-not-alone'],
    ['cors', [], 'setting-not-a-list'],
    ['cors', ['https://a:1,https://b:1'], 'setting-not-a-list'],
    ['host-whitelist', 'a,,b', 'setting-not-a-list'],
    ['host-whitelist', 'example.org:443', 'setting-not-a-host'],
    ['host-whitelist', ['a', 'a'], 'repeated-entry'],
    ['log-outputs', 'etcd.log', 'unknown-log-output'],
    ['listen-client-http-urls', 'http://etcd.example.org:2382', 'setting-not-a-listen-url'],
    ['listen-client-http-urls', 'http://127.0.0.1:2382/', 'setting-not-a-listen-url'],
    ['cipher-suites', ['TLS_FOO'], 'unknown-cipher-suite'],
    ['peer-cert-allowed-cn', 7, 'setting-not-a-list'],
    ['auth-token', 'token', 'auth-token'],
    ['auth-token', 'simple,foo', 'auth-token'],
    ['auth-token', 'jwt', 'auth-token'],
    ['auth-token', 'jwt,sign-method=HS256,pub-key=/a', 'auth-token'],
    ['auth-token', 'jwt,sign-method=HS256,priv-key=a', 'setting-relative-path'],
    ['auth-token', 'jwt,sign-method=HS256,priv-key=/a,ttl=5', 'auth-token'],
    ['auth-token', 'jwt,sign-method=HS256,sign-method=HS256,priv-key=/a', 'auth-token'],
    ['log-rotation-config-json', '{', 'rotation-config'],
    ['log-rotation-config-json', '{}', 'rotation-config'],
    ['log-rotation-config-json', { maxsize: 'a' }, 'rotation-config'],
    ['log-rotation-config-json', { size: 1 }, 'rotation-config'],
    ['distributed-tracing-instance-id', 7, 'setting-not-a-string'],
    ['distributed-tracing-service-name', 'a\nb', 'setting-control-character'],
    ['distributed-tracing-sampling-rate', 1_000_001, 'setting-out-of-range'],
    ['client-crl-file', 'crl.der', 'setting-relative-path'],
    ['bcrypt-cost', 3, 'setting-out-of-range'],
    ['max-learners', -1, 'setting-out-of-range'],
    ['max-concurrent-streams', 4294967296, 'setting-out-of-range'],
  ])('%s: %j is refused', (name, value, code) => {
    const { settings, issues } = check('3.6', { [name]: value });
    expect(issues).toMatchObject([{ code, path: `etcd.settings.${name}` }]);
    expect(settings).toEqual([]);
  });

  it('takes one allowed name alone before 3.5.15', () => {
    const settings = { 'peer-cert-allowed-cn': ['e1', 'e2'] };
    expect(codes('3.5.14', settings)).toEqual(['list-not-in-release peer-cert-allowed-cn']);
    expect(codes('3.4', settings)).toEqual(['list-not-in-release peer-cert-allowed-cn']);
    expect(accepted('3.5.15', settings)).toEqual(['peer-cert-allowed-cn=e1,e2']);
    expect(accepted('3.4', { 'peer-cert-allowed-cn': 'e1' })).toEqual(['peer-cert-allowed-cn=e1']);
  });
});

describe('names', () => {
  it('follow the release', () => {
    const settings = { 'experimental-watch-progress-notify-interval': '5s', 'memory-mlock': true };
    expect(accepted('3.5', settings)).toEqual([
      'experimental-watch-progress-notify-interval=5s',
      'experimental-memory-mlock=true',
    ]);
    for (const release of ['3.6', '3.7']) {
      expect(accepted(release, settings)).toEqual(['watch-progress-notify-interval=5s', 'memory-mlock=true']);
    }
  });

  it('come with the value that the renamed flag takes', () => {
    for (const release of ['3.4', '3.5', '3.7']) {
      expect(accepted(release, { 'log-output': 'stdout' })).toEqual(['log-outputs=stdout']);
    }
  });

  it('that a release does not know name the releases that do', () => {
    const { issues } = check('3.4.24', { 'listen-client-http-urls': 'http://127.0.0.1:2382' });
    expect(issues).toMatchObject([{ code: 'setting-not-in-release' }]);
    expect(issues[0]?.message).toMatch(/ 3\.4 \(from 3\.4\.25\), 3\.5 \(from 3\.5\.8\), 3\.6\b.* and 3\.\d+/);
  });

  it('that a release has under no other name are told with all of them', () => {
    const { issues } = check('3.4', { 'experimental-compact-hash-check-enabled': true });
    expect(issues[0]?.message).toMatch(
      /^etcd 3\.4 has no experimental-compact-hash-check-enabled; it is in 3\.6\b.* as CompactHashCheck, and in 3\.5 \(from 3\.5\.5\) and 3\.6\.$/,
    );
  });

  it('of removed flags name what to write instead', () => {
    expect(check('3.6', { debug: true }).issues).toMatchObject([
      { code: 'setting-not-in-release', cure: expect.stringContaining('log-level: debug') },
    ]);
  });

  it('with a slip are answered with the nearest', () => {
    expect(check('3.6', { 'quota-backend-byte': 1 }).issues).toMatchObject([
      { code: 'unknown-setting', cure: 'Did you mean quota-backend-bytes?' },
    ]);
  });

  it.each([
    ['name', 'members[].name'],
    ['data-dir', 'etcd.dataDir'],
    ['wal-dir', 'etcd.walDir'],
    ['listen-client-urls', 'members[].listenClientUrls'],
    ['listen-metrics-urls', 'etcd.metricsUrls'],
    ['initial-cluster', 'members'],
    ['initial-cluster-token', 'cluster.token'],
    ['initial-cluster-state', 'etcd.state'],
    ['peer-trusted-ca-file', 'certificates'],
    ['client-cert-auth', 'certificates'],
    ['config-file', 'etcd.config'],
    ['discovery-srv', 'cluster.discoverySrv'],
    ['discovery-token', 'members'],
  ])('that the document writes elsewhere point there: %s', (name, key) => {
    expect(check('3.6', { [name]: 'x' }).issues).toMatchObject([
      {
        code: 'setting-decided-elsewhere',
        path: `etcd.settings.${name}`,
        cure: expect.stringContaining(`\`${key}\``),
      },
    ]);
  });

  it.each([
    ['force', 'ignored-flag'],
    ['peer-election-timeout', 'ignored-flag'],
    ['socket-options', 'config-file-section'],
    ['__proto__x', 'unknown-setting'],
    ['constructor', 'unknown-setting'],
    ['a b', 'unknown-setting'],
  ])('that are no settings are refused: %s', (name, code) => {
    expect(check('3.7', { [name]: 1 }).issues).toMatchObject([{ code }]);
  });

  it('stay in paths that can be read back', () => {
    expect(check('3.7', { 'a b': 1 }).issues[0]?.path).toBe('etcd.settings["a b"]');
  });

  it('that come to the same flag are refused', () => {
    const settings = { 'experimental-corrupt-check-time': '1h', 'corrupt-check-time': '2h' };
    expect(codes('3.5', settings)).toEqual(['setting-twice corrupt-check-time']);
    expect(codes('3.6', settings)).toEqual(['setting-twice corrupt-check-time']);
  });
});

describe('feature gates', () => {
  it('are gathered in one setting, where the first of them stands', () => {
    const settings = {
      'experimental-initial-corrupt-check': true,
      'snapshot-count': 1,
      'feature-gates': { CompactHashCheck: true, SetMemberLocalAddr: false },
    };
    expect(accepted('3.6', settings)).toEqual([
      'feature-gates=InitialCorruptCheck=true,CompactHashCheck=true,SetMemberLocalAddr=false',
      'snapshot-count=1',
    ]);
  });

  it('are flags before 3.6', () => {
    expect(accepted('3.5', { 'feature-gates': 'InitialCorruptCheck=true, LeaseCheckpoint=false' })).toEqual([
      'experimental-initial-corrupt-check=true',
      'experimental-enable-lease-checkpoint=false',
    ]);
  });

  it.each([
    ['3.5', { SetMemberLocalAddr: true }, 'setting-not-in-release feature-gates.SetMemberLocalAddr'],
    ['3.5.4', { CompactHashCheck: true }, 'setting-not-in-release feature-gates.CompactHashCheck'],
    ['3.5', { AllAlpha: true }, 'setting-not-in-release feature-gates.AllAlpha'],
    ['3.6', { PriorityRequest: true }, 'setting-not-in-release feature-gates.PriorityRequest'],
    ['3.6', { initialCorruptChek: true }, 'unknown-feature-gate feature-gates.initialCorruptChek'],
    ['3.6', { InitialCorruptCheck: 'yes' }, 'setting-not-a-boolean feature-gates.InitialCorruptCheck'],
    ['3.6', 'InitialCorruptCheck', 'feature-gates-not-a-map feature-gates'],
    ['3.6', ['InitialCorruptCheck=true'], 'feature-gates-not-a-map feature-gates'],
    [
      '3.6',
      'InitialCorruptCheck=true,InitialCorruptCheck=false',
      'setting-twice feature-gates.InitialCorruptCheck',
    ],
    ['3.6', { LeaseCheckpointPersist: true }, 'lease-checkpoint-gates feature-gates.LeaseCheckpointPersist'],
    ['3.5', { LeaseCheckpointPersist: true }, 'lease-checkpoint-flags feature-gates.LeaseCheckpointPersist'],
    ['3.6', { AllAlpha: true, LeaseCheckpoint: false }, 'lease-checkpoint-gates feature-gates.AllAlpha'],
  ])('in %s: %j', (release, gates, issue) => {
    expect(codes(release, { 'feature-gates': gates })).toEqual([issue]);
  });

  it.each([
    { LeaseCheckpointPersist: true, LeaseCheckpoint: true },
    { LeaseCheckpointPersist: true, AllAlpha: true },
    { AllAlpha: true, LeaseCheckpoint: false, LeaseCheckpointPersist: false },
    { FastLeaseKeepAlive: false },
  ])('go together: %j', (gates) => {
    expect(codes('3.7', { 'feature-gates': gates })).toEqual([]);
  });

  it('are set once, by flag or by gate', () => {
    const settings = {
      'feature-gates': { InitialCorruptCheck: true },
      'experimental-initial-corrupt-check': true,
    };
    for (const release of ['3.5', '3.6', '3.7']) {
      expect(codes(release, settings)).toEqual(['setting-twice experimental-initial-corrupt-check']);
    }
  });
});

describe('a configuration file', () => {
  it.each([
    ['3.7', { 'client-crl-file': '/crl' }],
    ['3.7', { 'peer-crl-file': '/crl' }],
    ['3.6', { 'raft-write-timeout': '6s' }],
    ['3.5.13', { 'peer-cert-allowed-cn': 'e1' }],
    ['3.4', { 'peer-cert-allowed-hostname': 'e1' }],
    ['3.5', { 'peer-skip-client-san-verification': true }],
    ['3.5.9', { 'socket-reuse-port': true }],
    ['3.5.0', { 'self-signed-cert-validity': 2 }],
  ])('of %s has no place for %j', (release, settings) => {
    const name = Object.keys(settings)[0] ?? '';
    const { issues, settings: rest } = check(release, settings, 'yaml');
    expect(issues).toMatchObject([
      {
        code: 'setting-not-in-file',
        path: `etcd.settings.${name}`,
        cure: 'Set `etcd.config` to flags or environment.',
      },
    ]);
    expect(rest).toEqual([]);
    expect(codes(release, settings, 'environment')).toEqual([]);
  });

  it.each([
    ['3.5.14', { 'peer-cert-allowed-cn': 'e1' }],
    ['3.6', { 'peer-skip-client-san-verification': true }],
    ['3.5.10', { 'socket-reuse-port': true }],
    ['3.7', { 'feature-gates': { InitialCorruptCheck: true } }],
  ])('of %s has a place for %j', (release, settings) => {
    expect(codes(release, settings, 'yaml')).toEqual([]);
  });
});

describe('problems', () => {
  it('come all at once', () => {
    const settings = {
      metrics: 'x',
      'enable-v2': true,
      'foo-bar': 1,
      name: 'a',
      'tls-min-version': 'TLS1.3',
      'tls-max-version': 'TLS1.2',
    };
    expect(codes('3.6', settings)).toEqual([
      'unlisted-value metrics',
      'setting-not-in-release enable-v2',
      'unknown-setting foo-bar',
      'setting-decided-elsewhere name',
      'tls-versions-cross tls-min-version',
    ]);
  });

  it('with a value do not make others of it', () => {
    expect(codes('3.6', { 'heartbeat-interval': 400, 'election-timeout': 'soon' })).toEqual([
      'setting-not-milliseconds election-timeout',
    ]);
  });

  it('quote long values short', () => {
    const { issues } = check('3.6', { metrics: 'x'.repeat(5000) });
    expect(issues[0]?.message.length).toBeLessThan(200);
  });
});
