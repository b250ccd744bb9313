/**
 * Text without any of some characters at its end. No pattern: one that looks for the end from each of them takes time by the square of
 * their number.
 *
 * @internal
 */
export function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
