import { findKeys } from './keys/find-keys.js';

/** The smallest keys have 32 octets; nothing shorter than their Base64, or than the label of one, is looked at. */
const SHORTEST = 20;

/**
 * True if text contains any kind of private key, however it is written (docs/security.md, Keys in what is read).
 *
 * @internal
 */
export function holdsPrivateKey(text: string): boolean {
  return firstPrivateKey(text) !== undefined;
}

/**
 * @returns the index at which the first private key of a text begins
 * @internal
 */
export function firstPrivateKey(text: string): number | undefined {
  if (text.length < SHORTEST) return undefined;
  const { units, keys } = findKeys(text);
  if (keys.length === 0) return undefined;
  return keys.reduce((first, { from }) => Math.min(first, units.starts[from] ?? text.length), text.length);
}
