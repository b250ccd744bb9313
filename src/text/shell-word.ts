/** What no shell takes for more than a character (POSIX, Shell Command Language, 2.2). */
const PLAIN = /^[\w@%+=:,./-]+$/;

/**
 * A text as one word of a command that people copy to a shell, whatever is in it.
 *
 * @internal
 */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
