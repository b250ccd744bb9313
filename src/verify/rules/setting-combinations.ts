import { HTTP2_CIPHER_SUITES } from '../../etcd/cipher-suites.js';
import { isGateOn, isOn, pathOf, type Settings, settingValue } from '../../host/settings/settings.js';
import type { Rule } from '../rule.js';

interface Combination {
  /** The setting that the finding points to. */
  readonly name: string;
  readonly says: string;
  readonly cure: string;
}

/** @internal */
export const settingCombinations: Rule = {
  name: 'setting-combinations',
  summary: 'Settings do not exclude one another.',
  levels: ['error'],
  source: 'etcd embed/config.go, Validate; client/pkg/transport/listener.go, baseConfig',
  *check({ members }) {
    for (const { label, settings, listenClient } of members) {
      const secure = listenClient.some(({ scheme }) => scheme === 'https');
      for (const { name, says, cure } of [
        ...timing(settings),
        ...tls(settings, secure),
        ...gates(settings),
      ]) {
        yield {
          level: 'error',
          member: label,
          path: pathOf(settings, name),
          message: `etcd does not start with this ${name}.`,
          cure,
          etcdSays: says,
        };
      }
    }
  },
};

function* timing(settings: Settings): Generator<Combination> {
  const heartbeat = Number(settingValue(settings, 'heartbeat-interval') ?? 100);
  const election = Number(settingValue(settings, 'election-timeout') ?? 1000);
  const name =
    settingValue(settings, 'election-timeout') === undefined ? 'heartbeat-interval' : 'election-timeout';
  if (heartbeat === 0)
    yield {
      name,
      says: '--heartbeat-interval must be >0 (set to 0ms)',
      cure: 'Write milliseconds, 100 by default.',
    };
  else if (election === 0)
    yield {
      name,
      says: '--election-timeout must be >0 (set to 0ms)',
      cure: 'Write milliseconds, 1000 by default.',
    };
  else if (5 * heartbeat > election) {
    const says = `--election-timeout[${election}ms] should be at least as 5 times as --heartbeat-interval[${heartbeat}ms]`;
    yield { name, says, cure: `Set election-timeout to ${10 * heartbeat}.` };
  } else if (election > 50_000) {
    const says = `--election-timeout[${election}ms] is too long, and should be set less than 50000ms`;
    yield { name, says, cure: 'Write milliseconds, up to 50000.' };
  }
}

function* tls(settings: Settings, secure: boolean): Generator<Combination> {
  const [least, most] = [
    settingValue(settings, 'tls-min-version'),
    settingValue(settings, 'tls-max-version'),
  ];
  const suites = settingValue(settings, 'cipher-suites')?.split(',');
  if (least === 'TLS1.3' && most === 'TLS1.2')
    yield {
      name: 'tls-min-version',
      says: 'min version (TLS1.3) is greater than max version (TLS1.2)',
      cure: 'Leave tls-max-version out.',
    };
  if (least === 'TLS1.3' && suites !== undefined)
    yield {
      name: 'cipher-suites',
      says: 'cipher suites cannot be configured when only TLS1.3 is enabled',
      cure: 'Leave cipher-suites out.',
    };
  else if (secure && suites !== undefined && !HTTP2_CIPHER_SUITES.some((suite) => suites.includes(suite))) {
    const says = 'http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher';
    yield { name: 'cipher-suites', says, cure: `Add ${HTTP2_CIPHER_SUITES.join(' or ')}.` };
  }
  const [names, hosts] = [
    settingValue(settings, 'peer-cert-allowed-cn'),
    settingValue(settings, 'peer-cert-allowed-hostname'),
  ];
  if (names !== undefined && hosts !== undefined && settingValue(settings, 'peer-cert-file') !== undefined)
    yield {
      name: 'peer-cert-allowed-cn',
      says: 'AllowedCNs and AllowedHostnames are mutually exclusive',
      cure: 'Keep one of the two.',
    };
}

function* gates(settings: Settings): Generator<Combination> {
  if (isGateOn(settings, 'LeaseCheckpointPersist') && !isGateOn(settings, 'LeaseCheckpoint')) {
    const says =
      'enabling feature gate LeaseCheckpointPersist requires enabling feature gate LeaseCheckpoint';
    yield { name: 'feature-gates', says, cure: 'Set both gates to the same value.' };
  }
  const [old, persist] = [
    'experimental-enable-lease-checkpoint',
    'experimental-enable-lease-checkpoint-persist',
  ];
  if (isOn(settings, persist ?? '') && !isOn(settings, old ?? '')) {
    const says =
      'setting experimental-enable-lease-checkpoint-persist requires experimental-enable-lease-checkpoint';
    yield { name: persist ?? '', says, cure: 'Set both to the same value.' };
  }
}
