import type { EtcdVersion } from '../../cluster-spec.js';
import { CIPHER_SUITES } from '../../etcd/cipher-suites.js';
import { FEATURE_GATES } from '../../etcd/feature-gates.js';
import { isInSpan, type ReleaseSpan } from '../../etcd/release-span.js';
import type { SettingDefinition } from '../../etcd/setting/definition.js';
import { parseUrlList } from '../../net/etcd-url.js';
import { parseNanoseconds } from '../../text/go-duration.js';

const BOOLEAN = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
/** Go's `strconv.ParseInt` with base 0. */
const INTEGER = /^[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*|[1-9][0-9_]*)$/;
const SIGNED: readonly string[] = [
  'quota-backend-bytes',
  'backend-batch-limit',
  'max-learners',
  'distributed-tracing-sampling-rate',
  'experimental-distributed-tracing-sampling-rate',
  'compaction-batch-limit',
  'experimental-compaction-batch-limit',
];

/** The string settings that etcd checks against a list; it accepts anything for the others (etcd `embed/config.go`, Validate). */
const CHECKED_TEXTS: readonly string[] = [
  'initial-cluster-state',
  'discovery-fallback',
  'auto-compaction-mode',
  'tls-min-version',
  'tls-max-version',
  'log-format',
  'logger',
  'v2-deprecation',
];

/** zap's levels: any other makes etcd panic. 3.4 wants small letters; the zap of 3.7 takes `warning` too. */
const LOG_LEVEL = /^(?:debug|info|warn|error|dpanic|panic|fatal)$/;

/**
 * Why etcd would not start with a value, in Go's or etcd's words, or undefined. No stricter than etcd: what it takes is right here.
 *
 * @internal
 */
export function goValueFault(
  { name, kind }: SettingDefinition,
  value: string,
  version: EtcdVersion,
): string | undefined {
  if (name === 'feature-gates') return gateFault(value, version);
  if (name === 'log-level') return logLevelFault(value, version);
  switch (kind.type) {
    case 'boolean':
      return BOOLEAN.test(value) ? undefined : 'parse error';
    case 'integer':
    case 'bytes':
    case 'milliseconds':
      return integerFault(name, value);
    case 'duration':
      return parseNanoseconds(value) === undefined ? 'parse error' : undefined;
    case 'retention':
      return /^[+]?\d+$/.test(value) || parseNanoseconds(value) !== undefined
        ? undefined
        : retentionWords(value);
    case 'enum':
      return CHECKED_TEXTS.includes(name) && !isListed(kind.values, value, version)
        ? enumWords(name, value)
        : undefined;
    case 'list':
      if (kind.item === 'cipher-suite') return cipherFault(value);
      if (kind.item === 'origin' && value === '*') return undefined;
      return isUrlList(name) || kind.item === 'origin'
        ? (parseUrlList(value).fault ?? unixFault(value, version))
        : undefined;
    case 'text':
      return kind.form === 'proxy-mode' && !/^(?:off|readonly|on)$/.test(value) ? 'invalid value' : undefined;
  }
}

function integerFault(name: string, value: string): string | undefined {
  const isSigned = SIGNED.includes(name);
  if (!INTEGER.test(value) || (!isSigned && value.startsWith('-'))) return 'parse error';
  const digits = value.replaceAll('_', '').replace(/^[+-]/, '');
  const size = BigInt(digits.replace(/^0(?=[0-7]+$)/, '0o'));
  const bits = name === 'max-concurrent-streams' ? 32n : isSigned ? 63n : 64n;
  return size < 2n ** bits || (isSigned && value.startsWith('-') && size === 2n ** bits)
    ? undefined
    : 'value out of range';
}

/** 3.4 wants a port of sockets of files too. */
function unixFault(value: string, { release }: EtcdVersion): string | undefined {
  if (release !== '3.4') return undefined;
  const bare = value
    .split(',')
    .find((text) => /^unixs?:/.test(text.trim()) && !/^unixs?:\/\/[^/?#]*:\d*(?:[/?#]|$)/.test(text.trim()));
  return bare === undefined ? undefined : `URL address does not have the form "host:port": ${bare.trim()}`;
}

/** @internal */
export function isUrlList(name: string): boolean {
  return /^(?:listen-(?:peer|client|client-http|metrics)|initial-advertise-peer|advertise-client)-urls$/.test(
    name,
  );
}

function isListed(
  values: Readonly<Record<string, ReleaseSpan>>,
  value: string,
  version: EtcdVersion,
): boolean {
  return Object.hasOwn(values, value) && isInSpan(version, values[value] ?? {});
}

/** Go names the unit where there is one (Go `time.ParseDuration`). */
function retentionWords(value: string): string {
  const unit = /^[+-]?[\d.]+([^\d.]+)/.exec(value)?.[1];
  const why =
    unit === undefined
      ? `time: invalid duration "${value}"`
      : `time: unknown unit "${unit}" in duration "${value}"`;
  return `error parsing CompactionRetention: ${why}`;
}

/** What the flag itself refuses, and what etcd refuses once it has read everything. */
function enumWords(name: string, value: string): string {
  switch (name) {
    case 'auto-compaction-mode':
      return `unknown auto-compaction-mode "${value}"`;
    case 'tls-min-version':
    case 'tls-max-version':
      return `unexpected TLS version "${value}" (must be one of: TLS1.2, TLS1.3)`;
    case 'log-format':
      return `unknown log format: ${value}, supported values json, console`;
    case 'logger':
      return value === 'capnslog'
        ? '--logger=capnslog is removed in v3.5'
        : `unknown logger option "${value}"`;
    case 'v2-deprecation':
      return `invalid value "${value}"`;
    default:
      return 'invalid value';
  }
}

function logLevelFault(value: string, version: EtcdVersion): string | undefined {
  const isExact = isInSpan(version, { until: '3.4' });
  const level = isExact ? value : value.toLowerCase();
  if (LOG_LEVEL.test(level) || (level === 'warning' && isInSpan(version, { since: '3.7' }))) return undefined;
  return `${isExact ? 'unknown level' : 'unrecognized level:'} "${value}"`;
}

function cipherFault(value: string): string | undefined {
  const unknown = value.split(',').find((suite) => !CIPHER_SUITES.includes(suite));
  return unknown === undefined ? undefined : `unexpected TLS cipher suite "${unknown}"`;
}

function gateFault(value: string, version: EtcdVersion): string | undefined {
  for (const pair of value.split(',').filter((text) => text.trim() !== '')) {
    const [name = '', enabled] = pair.trim().split('=');
    const gate = FEATURE_GATES.find((known) => known.name === name);
    if (enabled === undefined) return `missing bool value for ${name}`;
    if (gate === undefined || !isInSpan(version, gate)) return `unrecognized feature gate: ${name}`;
    if (!BOOLEAN.test(enabled)) return `invalid value of ${name}=${enabled}`;
  }
  return undefined;
}
