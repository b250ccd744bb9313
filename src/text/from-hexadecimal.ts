/**
 * The octets that hexadecimal digits stand for; an odd one stands for an octet of its own in front.
 *
 * @internal
 */
export function fromHexadecimal(digits: string): Uint8Array {
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return Uint8Array.from({ length: even.length / 2 }, (_, index) =>
    Number.parseInt(even.slice(index * 2, index * 2 + 2), 16),
  );
}
