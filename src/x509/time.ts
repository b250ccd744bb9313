import { generalizedTime, utcTime } from './der.js';

/**
 * A moment as whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
 *
 * @public
 */
export type UnixTime = number;

/** 1950-01-01T00:00:00Z: what UTCTime can name first (RFC 5280, 4.1.2.5.1). */
const EARLIEST: UnixTime = -631_152_000;
/** 9999-12-31T23:59:59Z, which means "no well-defined expiration date" (RFC 5280, 4.1.2.5). */
const LATEST: UnixTime = 253_402_300_799;
const SECONDS_PER_DAY = 86_400;
const DAYS_PER_ERA = 146_097;
/** From 0000-03-01 to 1970-01-01. */
const DAYS_TO_EPOCH = 719_468;

interface CivilTime {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

/**
 * True for a time that a certificate can state: a whole second from 1950-01-01 to 9999-12-31.
 *
 * @internal
 */
export function isCertificateTime(time: UnixTime): boolean {
  return Number.isInteger(time) && time >= EARLIEST && time <= LATEST;
}

/**
 * Time (RFC 5280, 4.1.2.5): UTCTime through 2049, GeneralizedTime from 2050, both with seconds and Z.
 *
 * @throws RangeError where {@link isCertificateTime} is false
 * @internal
 */
export function encodeTime(time: UnixTime): Uint8Array {
  const { year, month, day, hour, minute, second } = civilTime(time);
  const rest = `${month}${day}${hour}${minute}${second}Z`;
  return year < '2050' ? utcTime(`${year.slice(2)}${rest}`) : generalizedTime(`${year}${rest}`);
}

/**
 * RFC 3339 text: `2026-01-31T23:59:59Z`.
 *
 * @throws RangeError unless the time is a whole second from 1950-01-01 to 9999-12-31
 * @example
 * ```ts
 * formatTime(1_790_000_000); // => '2026-09-21T14:13:20Z'
 * ```
 * @public
 */
export function formatTime(time: UnixTime): string {
  const { year, month, day, hour, minute, second } = civilTime(time);
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/**
 * Reads what {@link formatTime} writes.
 *
 * @returns undefined for any other text
 * @internal
 */
export function parseTime(text: string): UnixTime | undefined {
  const time = Date.parse(text) / 1000;
  // Date reads more than RFC 3339, and a day that there is not as another.
  return isCertificateTime(time) && formatTime(time) === text ? time : undefined;
}

/**
 * Days from 1970-01-01 to a day of the proleptic Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
 * days_from_civil).
 *
 * @param month - from 1
 * @internal
 */
export function daysSinceEpoch(year: number, month: number, day: number): number {
  const fromMarch = month <= 2 ? year - 1 : year;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
}

/**
 * RFC 3339 for any number of seconds, whole or not; a time that no certificate can state becomes the nearest one that it can.
 *
 * @internal
 */
export function nearestTimeText(time: UnixTime): string {
  return formatTime(Math.min(Math.max(Math.floor(time), EARLIEST), LATEST));
}

/**
 * RFC 3339, or the number where no certificate can state the time.
 *
 * @internal
 */
export function timeOrSecondsText(time: UnixTime): string {
  return isCertificateTime(time) ? formatTime(time) : `${time} seconds since 1970`;
}

/**
 * Date is ambient, and the program that imports the library may have replaced it. The proleptic Gregorian calendar repeats every
 * 400 years; with years that begin in March the leap day comes last (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
 * civil_from_days).
 */
function civilTime(time: UnixTime): CivilTime {
  if (!isCertificateTime(time))
    throw new RangeError(`${time} is not a whole second from 1950-01-01 to 9999-12-31, counted from 1970`);
  const days = Math.floor(time / SECONDS_PER_DAY);
  const secondOfDay = time - days * SECONDS_PER_DAY;
  const era = Math.floor((days + DAYS_TO_EPOCH) / DAYS_PER_ERA);
  const dayOfEra = days + DAYS_TO_EPOCH - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: String(era * 400 + yearOfEra + (month <= 2 ? 1 : 0)),
    month: twoDigits(month),
    day: twoDigits(dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1),
    hour: twoDigits(Math.floor(secondOfDay / 3600)),
    minute: twoDigits(Math.floor(secondOfDay / 60) % 60),
    second: twoDigits(secondOfDay % 60),
  };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
