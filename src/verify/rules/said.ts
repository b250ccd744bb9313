/**
 * What is wrong with a directive of a unit, what helps, and what systemd says.
 *
 * @internal
 */
export type Said = readonly [directive: string, message: string, cure: string, says: string];
