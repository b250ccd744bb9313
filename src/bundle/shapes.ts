import { array, type GenericSchema, maxLength, pipe, regex, string } from 'valibot';

/**
 * Any number of texts.
 *
 * @internal
 */
export const texts: GenericSchema<unknown, readonly string[]> = array(string());

/**
 * SHA-256 in hexadecimal, lower case.
 *
 * @internal
 */
export const digest: GenericSchema<unknown, string> = pipe(
  string(),
  regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal, lower case'),
);

/**
 * The mode of a file: four octal digits.
 *
 * @internal
 */
export const mode: GenericSchema<unknown, string> = pipe(string(), regex(/^[0-7]{4}$/, 'four octal digits'));

/**
 * A path on a host.
 *
 * @internal
 */
export const absolute: GenericSchema<unknown, string> = pipe(string(), regex(/^\//));

/**
 * A list of at most so many entries.
 *
 * @internal
 */
export function upTo<T>(most: number, item: GenericSchema<unknown, T>): GenericSchema<unknown, T[]> {
  return pipe(array(item), maxLength(most, `at most ${most} entries`));
}

/**
 * A path on a host as files are opened by it: nothing in it leads back up, and nothing is said twice.
 *
 * @internal
 */
export const hostPath: GenericSchema<unknown, string> = pipe(
  string(),
  regex(
    /^(?:\/(?!\.{1,2}(?:\/|$))[^\0-\x1f\x7f/]{1,255})+$/,
    'an absolute path without empty, "." and ".." segments and control characters',
  ),
  maxLength(4095, 'a path of at most 4095 characters'),
);
