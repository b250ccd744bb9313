import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { untilAborted } from '../../../../src/node/write/until-aborted.js';

const ITEMS = 50;

describe('untilAborted', () => {
  it('passes items on, and what the source throws', async () => {
    async function* source(): AsyncGenerator<number> {
      yield 1;
      yield 2;
      throw new Error('the source');
    }
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of untilAborted(source())) seen.push(item);
    })();
    await expect(reading).rejects.toThrow('the source');
    expect(seen).toEqual([1, 2]);
  });

  it('stops at once while the source is at work on the next item, and closes it', async () => {
    const abort = new AbortController();
    let isClosed = false;
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: async () => {
          isClosed = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const next = untilAborted(source, abort.signal).next();
    abort.abort(new Error('interrupted'));
    await expect(next).rejects.toThrow('interrupted');
    expect(isClosed).toBe(true);
  });

  it('holds no item after the next one', async () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    const items: WeakRef<object>[] = [];
    async function* source(): AsyncGenerator<object> {
      for (let made = 0; made < ITEMS; made += 1) {
        const item = {};
        items.push(new WeakRef(item));
        yield item;
      }
    }
    const iterator = untilAborted(source());
    for (let taken = 0; taken < ITEMS; taken += 1) await iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (typeof collect === 'function') collect();
    expect(items.filter((item) => item.deref() !== undefined).length).toBeLessThan(3);
  });
});
