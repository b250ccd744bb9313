import { description, type GenericSchema, integer, number, pipe, regex, string } from 'valibot';
import { digest } from '../../bundle/shapes.js';

/** @internal */
export const time: GenericSchema<unknown, string> = pipe(string(), description('RFC 3339, UTC'));

/**
 * Of a certificate, in whole octets.
 *
 * @internal
 */
export const serialNumber: GenericSchema<unknown, string> = pipe(
  string(),
  regex(/^(?:[0-9a-f]{2})+$/),
  description('Hexadecimal, lower case'),
);

/** @internal */
export const fingerprint: GenericSchema<unknown, string> = pipe(digest, description('SHA-256 of the DER'));

/** @internal */
export const daysLeft: GenericSchema<unknown, number> = pipe(
  number(),
  integer(),
  description('Whole days until the end, negative afterwards'),
);
