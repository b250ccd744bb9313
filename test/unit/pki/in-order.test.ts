import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inOrder } from '../../../src/pki/in-order.js';

it('gives results in order, with no more than the limit under way', async () => {
  let underWay = 0;
  let most = 0;
  const items = Array.from({ length: 20 }, (_, index) => index);
  const results: number[] = [];
  const work = async (item: number): Promise<number> => {
    underWay += 1;
    most = Math.max(most, underWay);
    await setTimeout((item * 7) % 5);
    underWay -= 1;
    return item * 2;
  };
  for await (const result of inOrder(items, 4, work)) results.push(result);
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(4);
});

it('tells the first failure in order, and leaves no other unhandled', async () => {
  const work = async (item: number): Promise<number> => {
    if (item === 1) await setTimeout(5);
    if (item > 0) throw new Error(`item ${item}`);
    return item;
  };
  const taken: number[] = [];
  const take = async (): Promise<void> => {
    for await (const result of inOrder([0, 1, 2, 3], 4, work)) taken.push(result);
  };
  await expect(take()).rejects.toThrow('item 1');
  expect(taken).toEqual([0]);
});
