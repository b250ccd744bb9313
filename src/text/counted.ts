/**
 * A number of things: `1 error`, `2 errors`.
 *
 * @internal
 */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
