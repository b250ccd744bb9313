import { parseNanoseconds } from '../../text/go-duration.js';
import { quoteValue } from '../../text/quote-value.js';
import { authTokenFault } from '../auth-token.js';
import { ETCD_DEFAULTS } from '../defaults.js';
import { isOn, type SettingRule } from './setting-rule.js';

/** Samples in a million spans (etcd `embed/config_tracing.go`). */
const MOST_SAMPLES = 1_000_000;
const CHECK_TIMES = ['compact-hash-check-time', 'experimental-compact-hash-check-time'] as const;
const SAMPLING = (['', 'experimental-'] as const).map((prefix) => ({
  rate: `${prefix}distributed-tracing-sampling-rate` as const,
  tracing: `${prefix}enable-distributed-tracing`,
}));

/**
 * Single values that the flag takes and etcd does not (etcd `embed/config.go`, Validate, and what ends it later).
 *
 * @internal
 */
export const valueRules: readonly SettingRule[] = [
  {
    id: 'auth-token',
    level: 'error',
    reads: ['auth-token'],
    *check({ value, version }) {
      const text = value('auth-token') ?? ETCD_DEFAULTS['auth-token'];
      const fault = authTokenFault(text, version);
      if (fault === undefined) return;
      const { cure, says } = fault;
      yield { name: 'auth-token', message: `auth-token does not accept ${quoteValue(text)}.`, cure, says };
    },
  },
  {
    id: 'compact-hash-check-time-not-zero',
    level: 'error',
    reads: CHECK_TIMES,
    *check({ value }) {
      for (const name of CHECK_TIMES) {
        if (parseNanoseconds(value(name) ?? ETCD_DEFAULTS[name]) !== 0n) continue;
        const says = `--${name} must be >0 (set to 0s)`;
        const cure = `Write a Go duration, ${ETCD_DEFAULTS[name]} by default.`;
        yield { name, message: `${name} is 0.`, cure, says };
      }
    },
  },
  {
    id: 'max-learners-not-negative',
    level: 'error',
    reads: ['max-learners'],
    *check({ value }) {
      if (!value('max-learners')?.startsWith('-')) return;
      yield {
        name: 'max-learners',
        message: 'max-learners is negative.',
        cure: `Write a whole number, ${ETCD_DEFAULTS['max-learners']} by default.`,
        says: 'membership: too many learner members in cluster',
      };
    },
  },
  {
    id: 'sampling-rate-in-range',
    level: 'error',
    reads: SAMPLING.flatMap(({ rate, tracing }) => [rate, tracing]),
    *check(view) {
      for (const { rate, tracing } of SAMPLING) {
        const samples = Number(view.value(rate) ?? ETCD_DEFAULTS[rate]);
        if (!isOn(view, tracing) || !(samples < 0 || samples > MOST_SAMPLES)) continue;
        yield {
          name: rate,
          message: `${rate} is ${samples} samples in a million spans.`,
          cure: `Write a whole number from 0 to ${MOST_SAMPLES}.`,
          says:
            samples < 0
              ? 'tracing sampling rate must be positive'
              : `tracing sampling rate must be less than ${MOST_SAMPLES}`,
        };
      }
    },
  },
];
