import { describe, it } from 'vitest';

/** Whether suites run in full length: `.ci/run` sets the variable, `npm test` alone runs a short sample of every kind of test. */
export const isLong: boolean = process.env['ETCD_BUNDLE_LONG_TESTS'] === '1';

/** Whether everything runs: every release on real hosts, every case of a property. `.ci/run` has one release, and a third of the cases. */
export const isWhole: boolean = process.env['ETCD_BUNDLE_LABORATORY'] === 'all';

/** A suite of which the short sample has nothing. The report lists it as not run. */
export const describeLong: typeof describe | typeof describe.skip = isLong ? describe : describe.skip;

/** A test that the short sample leaves out. The report lists it as not run. */
export const itLong: typeof it | typeof it.skip = isLong ? it : it.skip;

/** Of a table all items, or in the short sample one of so many, the first among them. */
export function sample<Item>(items: readonly Item[], one: number): readonly Item[] {
  return isLong ? items : items.filter((_, index) => index % one === 0);
}

/** The number of cases that a property tries: all of them, a third in full length, a twentieth in the short sample. */
export function runs(full: number, short: number = Math.ceil(full / 20)): number {
  if (isWhole) return full;
  return isLong ? Math.ceil(full / 3) : short;
}
