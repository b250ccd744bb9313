import { alternatives } from '../../text/alternatives.js';
import { nearest } from '../../text/nearest.js';
import { readBoolean } from '../directive-values.js';
import { failedToParse, type ValueKind } from './value-kind.js';
import { isBetween } from './whole-number.js';

/**
 * `yes` and `no` in the six ways of systemd, and words that some directives take besides.
 *
 * @internal
 */
export function booleanOr(...others: readonly string[]): ValueKind {
  return {
    what: alternatives(['yes', 'no', ...others]),
    reading: 'whole',
    resets: false,
    takes: (text) => readBoolean(text) !== undefined || others.includes(text),
    meant: (text) => nearest(text, ['yes', 'no', 'true', 'false', ...others]),
    says: failedToParse('boolean value'),
  };
}

/** @internal */
export function oneOf(names: string, what: string, resets = false): ValueKind {
  const taken = names.split(' ');
  return {
    what: alternatives(taken),
    reading: 'whole',
    resets,
    takes: (text) => taken.includes(text),
    meant: (text) => nearest(text, taken),
    says: failedToParse(what),
  };
}

/**
 * Names that have numbers too.
 *
 * @internal
 */
export function oneOrNumber(names: string, most: bigint, what: string, resets = false): ValueKind {
  const kind = oneOf(names, what, resets);
  return { ...kind, takes: (text) => kind.takes(text) || isBetween(text, 0n, most) };
}
