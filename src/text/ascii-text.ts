/** Arguments lie on the stack, which has an end. */
const AT_ONCE = 4096;

/**
 * The text of ASCII codes, in one piece: one that is put together character by character holds each of them for as long as it lives.
 *
 * @internal
 */
export function asciiText(codes: readonly number[]): string {
  if (codes.length <= AT_ONCE) return String.fromCharCode(...codes);
  const pieces: string[] = [];
  for (let start = 0; start < codes.length; start += AT_ONCE)
    pieces.push(String.fromCharCode(...codes.slice(start, start + AT_ONCE)));
  return pieces.join('');
}
