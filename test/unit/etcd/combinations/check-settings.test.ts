import { describe, expect, it } from 'vitest';
import { checkEtcdSettings } from '../../../../src/etcd/setting/check.js';
import { version } from '../fixture.js';

type Settings = Readonly<Record<string, unknown>>;

function conflicts(release: string, settings: Settings): readonly string[] {
  return checkEtcdSettings(settings, version(release), 'flags', 's').issues.map(({ path }) => path);
}

const AES128 = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256';
const AES256 = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384';

describe('settings that do not go together', () => {
  it.each<[string, Settings, string]>([
    ['3.6', { 'heartbeat-interval': 201 }, 's.heartbeat-interval'],
    ['3.6', { 'election-timeout': 499 }, 's.election-timeout'],
    ['3.6', { 'heartbeat-interval': 500, 'election-timeout': 2499 }, 's.heartbeat-interval'],
    ['3.5', { 'tls-min-version': 'TLS1.3', 'tls-max-version': 'TLS1.2' }, 's.tls-min-version'],
    ['3.5', { 'tls-min-version': 'TLS1.3', 'cipher-suites': [AES128] }, 's.cipher-suites'],
    [
      '3.5',
      { 'auto-compaction-mode': 'revision', 'auto-compaction-retention': '1h' },
      's.auto-compaction-retention',
    ],
    ['3.5', { 'auto-compaction-retention': 2562048 }, 's.auto-compaction-retention'],
    [
      '3.4',
      { 'experimental-enable-lease-checkpoint-persist': true },
      's.experimental-enable-lease-checkpoint-persist',
    ],
    [
      '3.6',
      { 'experimental-enable-lease-checkpoint-persist': true },
      's.experimental-enable-lease-checkpoint-persist',
    ],
    ['3.4', { logger: 'capnslog', 'log-outputs': ['stdout', 'stderr'] }, 's.log-outputs'],
    ['3.4', { debug: true }, 's.debug'],
    ['3.4', { 'log-package-levels': 'etcdserver=DEBUG' }, 's.log-package-levels'],
    ['3.4', { logger: 'capnslog', 'log-level': 'debug' }, 's.log-level'],
    ['3.4', { logger: 'capnslog', 'log-outputs': '/var/log/etcd.log' }, 's.log-outputs'],
    ['3.5', { 'log-outputs': ['default', 'stdout'] }, 's.log-outputs'],
    ['3.5', { 'log-outputs': ['systemd/journal', 'stdout'] }, 's.log-outputs'],
    ['3.5', { 'enable-log-rotation': true }, 's.enable-log-rotation'],
    ['3.5', { 'enable-log-rotation': true, 'log-outputs': ['/a', '/b'] }, 's.enable-log-rotation'],
    ['3.5', { 'enable-v2': true, 'v2-deprecation': 'write-only' }, 's.enable-v2'],
    ['3.6', { 'force-new-cluster': true }, 's.force-new-cluster'],
    [
      '3.5.31',
      { 'client-crl-file': '/c', 'listen-client-http-urls': 'http://127.0.0.1:1' },
      's.client-crl-file',
    ],
    [
      '3.4',
      { 'client-crl-file': '/c', 'listen-client-http-urls': 'http://127.0.0.1:1' },
      's.client-crl-file',
    ],
  ])('%s %j', (release, settings, path) => {
    expect(conflicts(release, settings)).toEqual([path]);
  });
});

describe('settings that do', () => {
  it.each<[string, Settings]>([
    ['3.6', { 'heartbeat-interval': 200 }],
    ['3.6', { 'heartbeat-interval': 10000, 'election-timeout': 50000 }],
    ['3.6', { 'tls-min-version': 'TLS1.2', 'tls-max-version': 'TLS1.2', 'cipher-suites': [AES256, AES128] }],
    ['3.6', { 'tls-min-version': 'TLS1.3', 'tls-max-version': 'TLS1.3' }],
    ['3.6', { 'auto-compaction-mode': 'revision', 'auto-compaction-retention': '9999999' }],
    ['3.6', { 'auto-compaction-retention': 2562047 }],
    ['3.6', { 'client-cert-allowed-hostname': 'b', 'enable-grpc-gateway': false }],
    ['3.4', { 'log-outputs': ['stdout', '/var/log/etcd.log'] }],
    ['3.4', { logger: 'capnslog', 'log-outputs': 'stderr', debug: true }],
    ['3.4', { 'log-level': 'debug', debug: false }],
    ['3.5', { 'enable-log-rotation': true, 'log-outputs': ['stderr', '/var/log/etcd.log'] }],
    ['3.5', { 'enable-v2': true, 'v2-deprecation': 'not-yet' }],
    ['3.6', { 'force-new-cluster': false }],
    ['3.5.32', { 'client-crl-file': '/c', 'listen-client-http-urls': 'http://127.0.0.1:1' }],
    [
      '3.4',
      { 'experimental-enable-lease-checkpoint-persist': true, 'experimental-enable-lease-checkpoint': true },
    ],
  ])('%s %j', (release, settings) => {
    expect(conflicts(release, settings)).toEqual([]);
  });
});
