/**
 * Commands as a block of Markdown.
 *
 * @internal
 */
export function fence(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}
