/**
 * @internal
 */
export function concatOctets(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.length;
  }
  return joined;
}

/**
 * A magnitude in network order, padded in front with zeros to this many octets.
 *
 * @internal
 */
export function leftPad(magnitude: Uint8Array, length: number): Uint8Array {
  if (magnitude.length >= length) return magnitude;
  const padded = new Uint8Array(length);
  padded.set(magnitude, length - magnitude.length);
  return padded;
}

/**
 * True for the same octets in the same order.
 *
 * @internal
 */
export function equalOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}
