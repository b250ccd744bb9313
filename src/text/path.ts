/**
 * True where one path is the other or lies below it.
 *
 * @internal
 */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}
