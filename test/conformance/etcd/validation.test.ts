import { expect, it } from 'vitest';
import type { ConfigStyle, EtcdSetting, EtcdVersion } from '../../../src/cluster-spec.js';
import { releaseDefaults } from '../../../src/etcd/release-defaults.js';
import { checkEtcdSettings } from '../../../src/etcd/setting/check.js';
import { renderEnvironment } from '../../../src/etcd/setting/render/environment.js';
import { renderFlags } from '../../../src/etcd/setting/render/flags.js';
import { renderYaml } from '../../../src/etcd/setting/render/yaml.js';
import { isDeprecated, SETTINGS, settingInVersion } from '../../../src/etcd/setting/table.js';
import { parseEtcdVersion } from '../../../src/etcd/version.js';
import { ETCD_RELEASES } from '../../../src/etcd-releases.js';
import { describeWithPrograms } from '../../programs/describe.js';
import { sample } from '../../support/long-tests.js';
import { verifyWords } from '../../support/verify-words.js';
import { clusterSpec } from '../../unit/etcd/fixture.js';
import { ALONE, aloneWith, inPairs, runEtcd } from './etcd-process.js';

type Settings = Readonly<Record<string, string>>;

/** What etcd does not start with, or not for long. Settings that a release does not have are refused for that. */
const REFUSED: readonly Settings[] = sample(
  [
    { 'heartbeat-interval': '0' },
    { 'heartbeat-interval': '300', 'election-timeout': '1000' },
    { 'heartbeat-interval': '10', 'election-timeout': '49' },
    { 'election-timeout': '50001' },
    { 'election-timeout': '-1' },
    { 'quota-backend-bytes': '6G' },
    { 'quota-backend-bytes': '9223372036854775808' },
    { 'snapshot-count': '-1' },
    { 'max-concurrent-streams': '4294967296' },
    { 'grpc-keepalive-interval': '5' },
    { 'grpc-keepalive-interval': '1d' },
    { 'grpc-keepalive-interval': '2562048h' },
    { 'pre-vote': 'yes' },
    { 'strict-reconfig-check': 'on' },
    { 'auto-compaction-mode': 'hourly' },
    { 'auto-compaction-retention': '1d' },
    { 'auto-compaction-retention': '-1' },
    { 'auto-compaction-retention': '1.5' },
    { 'auto-compaction-retention': '9ns' },
    { 'auto-compaction-mode': 'revision', 'auto-compaction-retention': '-5' },
    { 'tls-min-version': 'TLS1.1' },
    { 'tls-min-version': 'TLS1.3', 'tls-max-version': 'TLS1.2' },
    { 'tls-min-version': 'TLS1.3', 'cipher-suites': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
    { 'cipher-suites': 'TLS_FOO' },
    { 'log-level': 'verbose' },
    { 'log-format': 'text' },
    { logger: 'journald' },
    { logger: 'zap', 'log-outputs': 'default,stdout' },
    { logger: 'zap', 'log-outputs': 'systemd/journal,stdout' },
    { 'enable-log-rotation': 'true' },
    { 'enable-log-rotation': 'true', 'log-outputs': '@DIR/a,@DIR/b' },
    { 'enable-log-rotation': 'true', 'log-outputs': '@DIR/a', 'log-rotation-config-json': '{' },
    { 'enable-log-rotation': 'true', 'log-outputs': '@DIR/a', 'log-rotation-config-json': '{"maxsize":"a"}' },
    { 'enable-log-rotation': 'true', 'log-outputs': '@DIR/a', 'log-rotation-config-json': '{"size":1}' },
    { 'auth-token': 'token' },
    { 'auth-token': 'simple,foo' },
    { 'auth-token': 'jwt' },
    { 'auth-token': 'jwt,sign-method=HS256' },
    { 'auth-token': 'jwt,sign-method=HS256,priv-key=/etc/hostname,ttl=5' },
    { cors: 'example.org' },
    { cors: 'https://example.org' },
    { cors: 'https://example.org:443,*' },
    { 'listen-client-http-urls': 'http://etcd.example.org:2382' },
    { 'listen-client-http-urls': 'http://127.0.0.1' },
    { 'experimental-enable-lease-checkpoint-persist': 'true' },
    { 'feature-gates': 'LeaseCheckpointPersist=true' },
    { 'feature-gates': 'AllAlpha=true,LeaseCheckpoint=false' },
    { 'feature-gates': 'NoSuchGate=true' },
    { 'feature-gates': 'InitialCorruptCheck' },
    { 'feature-gates': 'InitialCorruptCheck=yes' },
    { 'experimental-initial-corrupt-check': 'true', 'feature-gates': 'InitialCorruptCheck=true' },
    { 'experimental-corrupt-check-time': '1h', 'corrupt-check-time': '2h' },
    { 'compact-hash-check-time': '0' },
    { 'experimental-compact-hash-check-time': '0' },
    { 'max-learners': '-1' },
    { 'enable-distributed-tracing': 'true', 'distributed-tracing-sampling-rate': '1000001' },
    { 'enable-v2': 'true', 'v2-deprecation': 'write-only' },
    { 'v2-deprecation': 'soon' },
    { proxy: 'maybe' },
  ],
  4,
);

/** What etcd starts with in every release, as a person would write it. */
const ACCEPTED: readonly Readonly<Record<string, unknown>>[] = sample(
  [
    { 'heartbeat-interval': '15ms', 'election-timeout': 75, 'snapshot-count': 5000 },
    { 'quota-backend-bytes': '6GiB', 'max-request-bytes': '32MiB', 'max-txn-ops': 1024 },
    { 'quota-backend-bytes': -1, 'grpc-keepalive-interval': 0 },
    { 'auto-compaction-mode': 'periodic', 'auto-compaction-retention': 1 },
    { 'auto-compaction-retention': '1h30m' },
    { 'auto-compaction-mode': 'revision', 'auto-compaction-retention': '1000' },
    { 'feature-gates': { InitialCorruptCheck: true } },
    { 'experimental-enable-lease-checkpoint': true, 'experimental-enable-lease-checkpoint-persist': true },
    { 'watch-progress-notify-interval': '5s', 'experimental-corrupt-check-time': '4h' },
    { 'warning-apply-duration': '200ms', 'compaction-batch-limit': 500 },
    { 'backend-bbolt-freelist-type': 'map', 'peer-skip-client-san-verification': true },
    { 'log-outputs': ['stdout', 'stderr'], 'log-level': 'info', logger: 'zap' },
    { 'log-output': 'stdout' },
    {
      cors: ['https://a.example.org:443', 'http://[::1]:80'],
      'host-whitelist': ['a.example.org', '10.0.0.1'],
    },
    { metrics: 'extensive', 'enable-pprof': true, 'bcrypt-cost': 12, 'auth-token': 'simple' },
    { 'cipher-suites': ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'] },
    {
      'client-crl-file': '/nonexistent/crl.der',
      'enable-grpc-gateway': false,
      'client-cert-allowed-hostname': 'a',
    },
  ],
  4,
);

for (const release of ETCD_RELEASES) {
  describeWithPrograms([`etcd-${release}`], `etcd ${release}`, (program) => {
    const { path, version: text } = program(`etcd-${release}`);
    const version: EtcdVersion = parseEtcdVersion(text) ?? { release };

    it('refuses what the check refuses', async () => {
      const started = await inPairs(REFUSED, async (settings) => {
        const { started: lives } = await runEtcd(path, { words: aloneWith(settings) });
        return lives ? [settings] : [];
      });
      expect(started.flat()).toEqual([]);
      const unnoticed = REFUSED.filter((settings) => check(settings, version).issues.length === 0);
      expect(unnoticed).toEqual([]);
      const unverified = await inPairs(REFUSED, async (settings) => {
        const found = await verifyErrors(
          { ...settings, 'log-level': settings['log-level'] ?? 'info' },
          version,
        );
        return found.length > 0 ? [] : [settings];
      });
      expect(unverified.flat()).toEqual([]);
    });

    it('starts with what the check accepts, written in every style', async () => {
      const refused = await inPairs(ACCEPTED, async (settings) => {
        const { settings: accepted, issues } = check(settings, version);
        if (issues.length > 0) return [issues];
        const unplaced = checkEtcdSettings(settings, version, 'yaml', 's').issues.length > 0;
        const variables = renderEnvironment(layered(accepted, version, 'environment'));
        const environment = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
        const flags = {
          ...Object.fromEntries(layered(accepted, version, 'flags').map(({ name, value }) => [name, value])),
        };
        expect(await verifyErrors(flags, version)).toEqual([]);
        const outcomes = [
          await runEtcd(path, { words: renderFlags(layered(accepted, version, 'flags')) }),
          await runEtcd(path, { environment }),
          ...(unplaced
            ? []
            : [await runEtcd(path, { file: renderYaml(layered(accepted, version, 'yaml'), version) })]),
        ];
        return outcomes.filter((outcome) => !outcome.started).map(({ output }) => [settings, output]);
      });
      expect(refused.flat()).toEqual([]);
    });

    it('warns of the flags that the table calls deprecated, and the check writes others for them', async () => {
      const deprecated = SETTINGS.filter((definition) => isDeprecated(definition, version));
      const renamed = deprecated.filter((definition) => settingInVersion(definition, version) !== definition);
      expect(deprecated.filter(({ renamedTo }) => renamedTo !== undefined)).toEqual(renamed);
      const words = deprecated
        .filter((definition) => !renamed.includes(definition) && definition.kind.type === 'milliseconds')
        .map(({ name }) => `--${name}=7`);
      if (words.length === 0) return;
      const { output } = await runEtcd(path, { words: [...aloneWith({}), ...words] });
      expect(words.filter((word) => !output.includes(`${word.replace(/=.*/, '')} is deprecated`))).toEqual(
        [],
      );
    });
  });
}

/** As `verify` sees the same words in a unit; that the CRL which they name does not exist, etcd finds later. */
async function verifyErrors(settings: Settings, version: EtcdVersion) {
  const findings = await verifyWords(aloneWith(settings), version);
  return findings
    .filter(({ level, rule }) => level === 'error' && rule !== 'revocation-lists')
    .map(({ rule, message }) => `${rule}: ${message}`);
}

function check(settings: Readonly<Record<string, unknown>>, version: EtcdVersion) {
  return checkEtcdSettings(settings, version, 'flags', 's');
}

/** The settings of a member that stands alone, what the release wants to be told in this style, and the accepted ones. */
function layered(
  accepted: readonly EtcdSetting[],
  version: EtcdVersion,
  config: ConfigStyle,
): readonly EtcdSetting[] {
  const alone = Object.entries(ALONE).map(([name, value]) => ({ name, value }));
  const all = [...alone, ...releaseDefaults(clusterSpec({ etcd: { version, config } }).etcd), ...accepted];
  return [...new Map(all.map((setting) => [setting.name, setting])).values()];
}
