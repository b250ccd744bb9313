import { parseByteSize } from './byte-size.js';
import { parsePermyriad } from './parts.js';
import { type LimitUnit, parseResourceLimit } from './resource-limit.js';
import { failedToParse, type ValueKind } from './value-kind.js';
import { isBetween, parseWholeNumber } from './whole-number.js';

/**
 * Bytes, a part of all memory, or `infinity`.
 *
 * @param takesNothing - whether 0 is one
 * @internal
 */
export function memoryLimit(takesNothing: boolean): ValueKind {
  const takes = (text: string): boolean => {
    const bytes = memoryBytes(text);
    return bytes !== undefined && (bytes > 0 || takesNothing);
  };
  return {
    what: 'a size such as 512M or 2G, a percentage or infinity',
    reading: 'whole',
    resets: true,
    takes,
    meant: (text) => sizeMeant(text, takes),
    says: (text) =>
      memoryBytes(text) === undefined
        ? `Invalid memory limit '${text}', ignoring`
        : `Memory limit '${text}' out of range, ignoring.`,
  };
}

/** @internal */
export const tasks: ValueKind = {
  what: 'a whole number, a percentage or infinity',
  reading: 'whole',
  resets: true,
  takes: (text) =>
    text === 'infinity' || parsePart(text) !== undefined || isBetween(text, 1n, 2n ** 64n - 2n),
  says: (text) =>
    parseWholeNumber(text) === 0n
      ? `Maximum tasks value '${text}' out of range, ignoring.`
      : `Invalid maximum tasks value '${text}', ignoring`,
};

/** @internal */
export const cpuQuota: ValueKind = {
  what: 'a percentage such as 150%',
  reading: 'whole',
  resets: true,
  takes: (text) => (parsePermyriad(text) ?? 0) > 0,
  meant: (text) => (/^[1-9]\d*$/.test(text) ? `${text}%` : undefined),
  says: (text) => `Invalid CPU quota '${text}', ignoring.`,
};

/** @internal */
export const pressure: ValueKind = {
  what: 'a percentage such as 50%',
  reading: 'whole',
  resets: true,
  takes: (text) => parsePart(text) !== undefined,
  says: failedToParse('memory pressure limit value'),
};

const LIMITS: Readonly<Record<LimitUnit, string>> = {
  count: 'a whole number or infinity',
  bytes: 'a size such as 512M or 2G, or infinity',
  seconds: 'a time such as 90 or 1h, or infinity',
  microseconds: 'a time such as 500ms, or infinity',
  nice: 'a whole number from 0 to 40, or a nice level behind a sign',
};

/** @internal */
export function resourceLimit(unit: LimitUnit): ValueKind {
  const takes = (text: string): boolean => parseResourceLimit(text, unit) !== undefined;
  return {
    what: LIMITS[unit],
    reading: 'whole',
    resets: false,
    takes,
    meant: (text) => (unit === 'bytes' ? sizeMeant(text, takes) : undefined),
    says: (text) => {
      const [soft = '', hard = '', ...others] = text.split(':');
      return takes(soft) && takes(hard) && others.join(':') === ''
        ? `Soft resource limit chosen higher than hard limit, ignoring: ${text}`
        : `Failed to parse resource value, ignoring: ${text}`;
    },
  };
}

function memoryBytes(text: string): number | undefined {
  if (text === 'infinity') return Number.POSITIVE_INFINITY;
  return parsePart(text) ?? parseByteSize(text);
}

/** A part of what there is: not more than all. */
function parsePart(text: string): number | undefined {
  const parts = parsePermyriad(text);
  return parts !== undefined && parts <= 10_000 ? parts : undefined;
}

/** `2GB`, `2GiB`, `2g` and `2Gi` are all meant as `2G`. */
function sizeMeant(text: string, takes: (text: string) => boolean): string | undefined {
  const plain = text.toUpperCase().replace(/(?<=[EPTGMK])I?B?$/, '');
  return plain !== text && takes(plain) ? plain : undefined;
}
