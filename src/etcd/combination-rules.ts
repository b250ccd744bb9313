import type { EtcdVersion } from '../cluster-spec.js';
import { quoteValue } from '../text/quote-value.js';
import { HTTP2_CIPHER_SUITES } from './cipher-suites.js';
import { ETCD_DEFAULTS } from './defaults.js';
import { isInSpan, type ReleaseSpan } from './release-span.js';

/**
 * What a rule sees: the values of settings by name, feature gates by theirs (`true`, `false`), undefined where unset.
 *
 * @internal
 */
export interface SettingView {
  readonly version: EtcdVersion;
  readonly value: (name: string) => string | undefined;
}

/**
 * Settings that are fine one by one and not together (etcd `embed/config.go` Validate, and what panics later).
 *
 * @internal
 */
export interface CombinationRule {
  /** The settings and gates that it looks at; the issue is put at the first that is set. */
  readonly reads: readonly string[];
  readonly check: (view: SettingView) => { readonly message: string; readonly cure: string } | undefined;
}

/** etcd's defaults (etcd `embed/config.go`, NewConfig). */

/** The longest Go duration in whole hours. */
const MOST_HOURS = 2_562_047n;

/** Patches in which the CRL also holds on a port that serves gRPC alone (GHSA-3wh4-j44w-pg92; never fixed in 3.4). */
const CRL_ON_GRPC: ReleaseSpan = { since: { '3.5': 32, '3.6': 13 } };

/**
 * The rules, each with etcd's own words where it has some.
 *
 * @internal
 */
export const COMBINATION_RULES: readonly CombinationRule[] = [
  {
    reads: ['heartbeat-interval', 'election-timeout'],
    check: ({ value }) => {
      const heartbeat = Number(value('heartbeat-interval') ?? ETCD_DEFAULTS['heartbeat-interval']);
      const election = Number(value('election-timeout') ?? ETCD_DEFAULTS['election-timeout']);
      return election >= 5 * heartbeat
        ? undefined
        : {
            message: `etcd says "--election-timeout[${election}ms] should be at least as 5 times as --heartbeat-interval[${heartbeat}ms]".`,
            cure: `Set election-timeout to ${5 * heartbeat} or more (ten times the heartbeat is usual), or lower heartbeat-interval.`,
          };
    },
  },
  {
    reads: ['tls-min-version', 'tls-max-version'],
    check: ({ value }) =>
      value('tls-min-version') === 'TLS1.3' && value('tls-max-version') === 'TLS1.2'
        ? {
            message: 'etcd says "min version (TLS1.3) is greater than max version (TLS1.2)".',
            cure: 'Raise tls-max-version or leave it out.',
          }
        : undefined,
  },
  {
    reads: ['cipher-suites', 'tls-min-version'],
    check: ({ value }) =>
      value('cipher-suites') !== undefined && value('tls-min-version') === 'TLS1.3'
        ? {
            message: 'etcd says "cipher suites cannot be configured when only TLS1.3 is enabled".',
            cure: 'Leave out cipher-suites, or set tls-min-version to TLS1.2.',
          }
        : undefined,
  },
  {
    // With TLS 1.3 alone the rule above has said to leave them out.
    reads: ['cipher-suites', 'tls-min-version'],
    check: ({ value }) => {
      const suites = value('cipher-suites')?.split(',');
      return suites === undefined ||
        value('tls-min-version') === 'TLS1.3' ||
        HTTP2_CIPHER_SUITES.some((suite) => suites.includes(suite))
        ? undefined
        : {
            message:
              'etcd says "http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher".',
            cure: `Add ${HTTP2_CIPHER_SUITES.join(' or ')}, whichever fits the certificates' keys.`,
          };
    },
  },
  {
    reads: ['auto-compaction-retention', 'auto-compaction-mode'],
    check: ({ value }) => {
      const retention = value('auto-compaction-retention') ?? '0';
      const isCount = /^\d+$/.test(retention);
      if (value('auto-compaction-mode') === 'revision') {
        return isCount
          ? undefined
          : {
              message: `Mode revision counts revisions, and would read ${quoteValue(retention)} as a number of nanoseconds.`,
              cure: 'Write a number of revisions, such as 1000, or set auto-compaction-mode to periodic.',
            };
      }
      return !isCount || BigInt(retention) <= MOST_HOURS
        ? undefined
        : {
            message: `Mode periodic counts hours, and ${quoteValue(retention)} hours overflow etcd's durations.`,
            cure: 'Write fewer hours, or set auto-compaction-mode to revision.',
          };
    },
  },
  {
    reads: ['experimental-enable-lease-checkpoint-persist', 'experimental-enable-lease-checkpoint'],
    check: ({ value }) =>
      value('experimental-enable-lease-checkpoint-persist') === 'true' &&
      value('experimental-enable-lease-checkpoint') !== 'true'
        ? {
            message:
              'etcd says "setting experimental-enable-lease-checkpoint-persist requires experimental-enable-lease-checkpoint".',
            cure: 'Set experimental-enable-lease-checkpoint: true as well.',
          }
        : undefined,
  },
  {
    reads: ['LeaseCheckpointPersist', 'AllAlpha', 'LeaseCheckpoint'],
    check: (view) =>
      alphaGate(view, 'LeaseCheckpointPersist') && !alphaGate(view, 'LeaseCheckpoint')
        ? {
            message:
              'etcd says "enabling feature gate LeaseCheckpointPersist requires enabling feature gate LeaseCheckpoint".',
            cure: 'Set both gates to the same value.',
          }
        : undefined,
  },
  {
    reads: ['peer-cert-allowed-cn', 'peer-cert-allowed-hostname'],
    check: ({ value }) =>
      value('peer-cert-allowed-cn') !== undefined && value('peer-cert-allowed-hostname') !== undefined
        ? {
            message: 'etcd says "AllowedCNs and AllowedHostnames are mutually exclusive".',
            cure: 'Keep one of peer-cert-allowed-cn and peer-cert-allowed-hostname.',
          }
        : undefined,
  },
  {
    // The gateway dials the server without verifying it, so that Go has no verified chain to check the names in
    // (etcd-io/etcd#15755).
    reads: ['client-cert-allowed-hostname', 'enable-grpc-gateway'],
    check: ({ value }) =>
      value('client-cert-allowed-hostname') !== undefined && value('enable-grpc-gateway') !== 'false'
        ? {
            message:
              'client-cert-allowed-hostname locks out the gRPC gateway: "client certificate authentication failed".',
            cure: 'Set enable-grpc-gateway: false as well.',
          }
        : undefined,
  },
  {
    reads: ['client-crl-file', 'listen-client-http-urls'],
    check: ({ value, version }) =>
      value('client-crl-file') !== undefined &&
      value('listen-client-http-urls') !== undefined &&
      !isInSpan(version, CRL_ON_GRPC)
        ? {
            message:
              'With listen-client-http-urls this version ignores client-crl-file on the gRPC port, and revoked clients pass (GHSA-3wh4-j44w-pg92).',
            cure: 'Leave one of them out, or use etcd 3.5.32, 3.6.13, 3.7.0 or later.',
          }
        : undefined,
  },
  {
    // Only 3.4 has two loggers, of which the bundle sets zap; each takes some settings, and ignores those of the other.
    reads: ['debug', 'log-package-levels', 'log-level', 'logger'],
    check: ({ value }) => {
      const isCapnslog = value('logger') === 'capnslog';
      const foreign = isCapnslog
        ? ['log-level'].find((name) => value(name) !== undefined)
        : ['debug', 'log-package-levels'].find(
            (name) => value(name) !== undefined && value(name) !== 'false',
          );
      return foreign === undefined
        ? undefined
        : {
            message: `The logger ${isCapnslog ? 'capnslog' : 'zap'} ignores ${foreign}.`,
            cure: isCapnslog ? 'Write debug or log-package-levels.' : 'Write log-level: debug.',
          };
    },
  },
  {
    reads: ['log-outputs', 'logger'],
    check: ({ value }) => {
      const outputs = value('log-outputs')?.split(',') ?? ['default'];
      if (
        value('logger') === 'capnslog' &&
        (outputs.length > 1 || !/^(?:default|stdout|stderr)$/.test(outputs[0] ?? ''))
      ) {
        return {
          message:
            'The logger of etcd 3.4, capnslog, accepts only one of default, stdout and stderr for log-outputs.',
          cure: 'Set logger: zap as well.',
        };
      }
      if (outputs.length > 1 && outputs.includes('default')) {
        return {
          message: 'etcd says "multi logoutput for "default" is not supported yet".',
          cure: 'Write stderr for default.',
        };
      }
      return outputs.length > 1 && outputs.includes('systemd/journal')
        ? {
            message: 'etcd refuses other log-outputs besides systemd/journal.',
            cure: 'Write systemd/journal alone, or leave it out: under systemd, stderr goes to the journal too.',
          }
        : undefined;
    },
  },
  {
    reads: ['enable-log-rotation', 'log-outputs'],
    check: ({ value }) => {
      const files = (value('log-outputs') ?? '').split(',').filter((output) => output.startsWith('/'));
      return value('enable-log-rotation') !== 'true' || files.length === 1
        ? undefined
        : {
            message:
              'etcd says "--log-outputs requires a single file path when --log-rotate-config-json is defined".',
            cure: 'Name one file in log-outputs.',
          };
    },
  },
  {
    reads: ['enable-v2', 'v2-deprecation'],
    check: ({ value }) => {
      const stage = value('v2-deprecation') ?? 'not-yet';
      return value('enable-v2') === 'true' && stage !== 'not-yet'
        ? {
            message: `etcd says "--enable-v2 and --v2-deprecation=${stage} are mutually exclusive".`,
            cure: 'Leave one of them out.',
          }
        : undefined;
    },
  },
  {
    reads: ['force-new-cluster'],
    check: ({ value }) =>
      value('force-new-cluster') === 'true'
        ? {
            message: 'force-new-cluster in a configuration makes a new cluster of one member at every start.',
            cure: 'Leave it out; as a last resort, run etcd by hand with --force-new-cluster, once.',
          }
        : undefined,
  },
];

/** An alpha gate is on where it is set so, or where AllAlpha is and it is not set. */
function alphaGate({ value }: SettingView, gate: string): boolean {
  return (value(gate) ?? value('AllAlpha')) === 'true';
}
