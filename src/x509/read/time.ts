import { daysSinceEpoch, type UnixTime } from '../time.js';
import { DerFault, type DerReader } from './der-reader.js';
import { latin1Text } from './name.js';

/**
 * Identifier octet of UTCTime.
 *
 * @internal
 */
export const UTC_TIME = 0x17;
/**
 * Identifier octet of GeneralizedTime.
 *
 * @internal
 */
export const GENERALIZED_TIME = 0x18;
/** Seconds may be missing, which RFC 5280 forbids and Go reads. */
const UTC = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/;
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/;
const SECONDS_PER_DAY = 86_400;

/**
 * Reads UTCTime or GeneralizedTime as Go's `cryptobyte` does: what time.Parse takes and writes back in the same way.
 *
 * @internal
 */
export function readTime(reader: DerReader): UnixTime {
  if (reader.peek(UTC_TIME)) {
    const [, year = '', ...rest] = UTC.exec(text(reader, UTC_TIME, 'x509: malformed UTCTime')) ?? [];
    // 50 to 99 are of the 20th century (RFC 5280, 4.1.2.5.1).
    return moment((Number(year) >= 50 ? 1900 : 2000) + Number(year), rest, 'x509: malformed UTCTime');
  }
  if (reader.peek(GENERALIZED_TIME)) {
    const says = 'x509: malformed GeneralizedTime';
    const [, year = '', ...rest] = GENERALIZED.exec(text(reader, GENERALIZED_TIME, says)) ?? [];
    return moment(Number(year), rest, says);
  }
  throw new DerFault('x509: unsupported time format');
}

function text(reader: DerReader, tag: number, says: string): string {
  return latin1Text(reader.content(tag, says));
}

function moment(year: number, parts: readonly (string | undefined)[], says: string): UnixTime {
  const [zone = ''] = parts.slice(5);
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(0, 5)
    .map((part) => Number(part ?? 0));
  const offset = zone === 'Z' ? 0 : offsetSeconds(zone);
  if (
    zone === '' ||
    offset === undefined ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > daysIn(year, month) ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    throw new DerFault(says);
  return daysSinceEpoch(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second - offset;
}

/** An offset of nothing is written Z, and so not read in another way. */
function offsetSeconds(zone: string): number | undefined {
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3))];
  if (hours > 24 || minutes > 59 || hours + minutes === 0) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
