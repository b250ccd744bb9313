/**
 * Words to choose from, for a sentence: `a, b or c`.
 *
 * @internal
 */
export function alternatives(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
