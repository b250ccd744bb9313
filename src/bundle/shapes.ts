import { array, type GenericSchema, pipe, regex, string } from 'valibot';

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
export const digest: GenericSchema<unknown, string> = pipe(string(), regex(/^[0-9a-f]{64}$/));

/**
 * The mode of a file: four octal digits.
 *
 * @internal
 */
export const mode: GenericSchema<unknown, string> = pipe(string(), regex(/^[0-7]{4}$/));

/**
 * A path on a host.
 *
 * @internal
 */
export const absolute: GenericSchema<unknown, string> = pipe(string(), regex(/^\//));
