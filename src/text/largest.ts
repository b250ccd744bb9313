/**
 * The largest of some numbers, however many: `Math.max` of a list takes one argument for each, and a hundred thousand end the stack.
 *
 * @param least - what it is where there is none larger
 * @internal
 */
export function largest(numbers: Iterable<number>, least = 0): number {
  let found = least;
  for (const number of numbers) if (number > found) found = number;
  return found;
}
