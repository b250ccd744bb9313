/**
 * Works on items side by side and gives the results one after another. Work begins in the order of the items, so that what each draws
 * at once, such as a serial number, does not depend on how long another takes.
 *
 * @param limit - results that are under way or waiting to be taken
 * @internal
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const underWay: Promise<Result>[] = [];
  const start = (item: Item): void => {
    const result = work(item);
    // Its failure is told when its turn comes, or not at all where another came first.
    result.catch(() => undefined);
    underWay.push(result);
  };
  for (const item of items) {
    const [first] = underWay;
    if (underWay.length === limit && first !== undefined) {
      yield await first;
      underWay.shift();
    }
    start(item);
  }
  for (const result of underWay) yield await result;
}
