/**
 * A control character, or half of a surrogate pair, which has no UTF-8 form.
 *
 * @internal
 */
export function hasControlCharacter(text: string): boolean {
  return /[\p{Cc}\p{Cs}]/u.test(text);
}
