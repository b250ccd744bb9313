import { failedToParse, type ValueKind } from './value-kind.js';
import { isBetween, parseWholeNumber } from './whole-number.js';

type Says = NonNullable<ValueKind['says']>;

/** @internal */
export function wholeNumber(
  least: bigint,
  most: bigint,
  { resets = false, says: say }: { readonly resets?: boolean; readonly says?: Says },
): ValueKind {
  return {
    what: `a whole number from ${least} to ${most}`,
    reading: 'whole',
    resets,
    takes: (text) => isBetween(text, least, most),
    ...(say === undefined ? {} : { says: say }),
  };
}

/**
 * One that may be negative, of which systemd says whether it is a number at all.
 *
 * @internal
 */
export function inRange(
  least: bigint,
  most: bigint,
  { outside, none }: { readonly outside: string; readonly none: string },
): ValueKind {
  return wholeNumber(least, most, {
    resets: true,
    says: (text) =>
      parseWholeNumber(text) === undefined ? `${none} '${text}', ignoring` : `${outside}, ignoring: ${text}`,
  });
}

/** A weight of cgroups; `idle` is one of processors alone (systemd.resource-control(5)). */
export function weight(least: bigint, most: bigint, say: string, ...words: readonly string[]): ValueKind {
  return {
    what: `a whole number from ${least} to ${most}${words.map((word) => ` or ${word}`).join('')}`,
    reading: 'whole',
    resets: true,
    takes: (text) => words.includes(text) || isBetween(text, least, most),
    says: (text) => `Invalid ${say}, ignoring: ${text}`,
  };
}

/** @internal */
export const exitStatus: ValueKind = wholeNumber(0n, 255n, {
  resets: true,
  says: (text) => `Failed to parse exit status '${text}', ignoring`,
});

/** @internal */
export const octalMode: ValueKind = {
  what: 'an octal mode such as 0750',
  reading: 'whole',
  resets: false,
  takes: (text) => /^0*[0-7]{1,4}$/.test(text),
  says: failedToParse('mode value'),
};
