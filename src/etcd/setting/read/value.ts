import type { EtcdVersion } from '../../../cluster-spec.js';
import type { IssueCode } from '../../../issue-codes.js';
import { parseNanoseconds } from '../../../text/go-duration.js';
import { nearest } from '../../../text/nearest.js';
import { quoteValue } from '../../../text/quote-value.js';
import { parseByteSize } from '../../byte-size.js';
import { describeSpan, isInSpan } from '../../release-span.js';
import { formatEtcdVersion } from '../../version.js';
import type { SettingDefinition, SettingKind } from '../definition.js';
import { readList } from './list.js';
import { problem, type ReadValue, text } from './result.js';
import { readText } from './text.js';

type Kind<T extends SettingKind['type']> = Extract<SettingKind, { readonly type: T }>;

const DECIMAL = /^-?(?:0|[1-9]\d*)$/;
const INTEGER = { code: 'setting-not-an-integer', cure: 'Write a whole number, without a unit' } as const;
const SIZE = { code: 'setting-not-a-size', cure: 'Write bytes, such as 6GiB' } as const;
const MILLISECONDS = {
  code: 'setting-not-milliseconds',
  cure: 'Write milliseconds, such as 250 or 250ms',
} as const;
const MILLISECOND = 1_000_000n;
/** Compaction starts at a tenth of the retention, which etcd divides by; below a second it panics or races its own start. */
const SHORTEST_RETENTION = 1_000_000_000n;

/**
 * Reads what a person wrote for a setting: `6GiB` where bytes are meant, `250ms` where milliseconds are, true and false, lists.
 * Stricter than Go where Go is lenient: no octal or hexadecimal numbers, no `t` for true.
 *
 * @internal
 */
export function readSettingValue(
  definition: SettingDefinition,
  value: unknown,
  version: EtcdVersion,
): ReadValue {
  const { name, kind } = definition;
  if (value === null || value === undefined || value === '') {
    return problem(
      'setting-without-value',
      `${name} has no value.`,
      'Give it one, or leave it out for the default.',
    );
  }
  switch (kind.type) {
    case 'boolean':
      return value === true || value === false || value === 'true' || value === 'false'
        ? text(String(value))
        : problem(
            'setting-not-a-boolean',
            `${name} does not accept ${quoteValue(value)}.`,
            'Write true or false.',
          );
    case 'integer':
      return inRange(name, kind, readInteger(value), value, INTEGER);
    case 'bytes':
      return inRange(name, kind, readInteger(value) ?? readBytes(value), value, SIZE);
    case 'milliseconds':
      return inRange(name, kind, readInteger(value) ?? readMilliseconds(value), value, MILLISECONDS);
    case 'duration':
      return readDuration(name, kind, value);
    case 'retention':
      return readRetention(name, value);
    case 'enum':
      return readEnum(name, kind, value, version);
    case 'list':
      return readList(name, kind, value, version);
    case 'text':
      return readText(name, kind.form, value, version);
  }
}

function readInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && DECIMAL.test(value) ? BigInt(value) : undefined;
}

function readBytes(value: unknown): bigint | undefined {
  return typeof value === 'string' ? parseByteSize(value) : undefined;
}

function readMilliseconds(value: unknown): bigint | undefined {
  const nanoseconds = typeof value === 'string' ? parseNanoseconds(value) : undefined;
  return nanoseconds === undefined || nanoseconds % MILLISECOND !== 0n
    ? undefined
    : nanoseconds / MILLISECOND;
}

function inRange(
  name: string,
  { min, max }: { readonly min: bigint; readonly max: bigint },
  integer: bigint | undefined,
  value: unknown,
  { code, cure }: { readonly code: IssueCode; readonly cure: string },
): ReadValue {
  if (integer === undefined)
    return problem(code, `${name} does not accept ${quoteValue(value)}.`, `${cure}.`);
  if (integer < min || integer > max) {
    return problem(
      'setting-out-of-range',
      `${name} does not accept ${quoteValue(value)}.`,
      `${cure}, from ${min} to ${max}.`,
    );
  }
  return text(String(integer));
}

function readDuration(name: string, { min }: Kind<'duration'>, value: unknown): ReadValue {
  const nanoseconds = typeof value === 'string' || value === 0 ? parseNanoseconds(String(value)) : undefined;
  const cure = 'Write a Go duration, such as 100ms, 5s or 1h30m';
  if (nanoseconds === undefined) {
    return problem('setting-not-a-duration', `${name} does not accept ${quoteValue(value)}.`, `${cure}.`);
  }
  if (nanoseconds < (parseNanoseconds(min) ?? 0n)) {
    return problem(
      'setting-out-of-range',
      `${name} does not accept ${quoteValue(value)}.`,
      `${cure}, of at least ${min}.`,
    );
  }
  return text(asciiDuration(String(value)));
}

/** Go takes both letters for "micro"; flags and environment files are better off in ASCII. */
function asciiDuration(duration: string): string {
  return duration.replaceAll(/[\u00b5\u03bc]s/g, 'us');
}

function readRetention(name: string, value: unknown): ReadValue {
  const integer = readInteger(value);
  if (integer !== undefined && integer >= 0n) return text(String(integer));
  const nanoseconds = typeof value === 'string' ? parseNanoseconds(value) : undefined;
  if (typeof value === 'string' && nanoseconds !== undefined) {
    if (nanoseconds === 0n || nanoseconds >= SHORTEST_RETENTION) return text(asciiDuration(value));
  }
  return problem(
    'not-a-retention',
    `${name} does not accept ${quoteValue(value)}; etcd would refuse it or panic.`,
    'Write whole hours (or revisions, in mode revision), or a Go duration of at least 1s, such as 30m: there is no unit for days.',
  );
}

function readEnum(name: string, { values }: Kind<'enum'>, value: unknown, version: EtcdVersion): ReadValue {
  const allowed = Object.keys(values).filter((key) => isInSpan(version, values[key] ?? {}));
  const cure = `Write ${allowed.length > 1 ? `${allowed.slice(0, -1).join(', ')} or ` : ''}${allowed.at(-1)}.`;
  if (typeof value !== 'string') {
    return problem('unlisted-value', `${name} does not accept ${quoteValue(value)}.`, cure);
  }
  if (allowed.includes(value)) return text(value);
  const near = nearest(value, allowed);
  return Object.hasOwn(values, value)
    ? problem(
        'value-not-in-release',
        `${name} does not accept ${quoteValue(value)} in etcd ${formatEtcdVersion(version)}, only in ${describeSpan(values[value] ?? {})}.`,
        cure,
      )
    : problem(
        'unlisted-value',
        `${name} does not accept ${quoteValue(value)}.`,
        near === undefined ? cure : `Did you mean ${near}? ${cure}`,
      );
}
