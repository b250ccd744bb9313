import type { AbortSignalLike } from '../../pki/issue.js';

/**
 * The part of an `AbortSignal` that writing listens to. A program that is compiled with neither Node's nor the DOM's types has no
 * type of that name.
 *
 * @public
 */
export interface OutputSignal extends AbortSignalLike {
  /** As of `EventTarget`. */
  addEventListener(type: 'abort', listener: () => void, options: { readonly once: true }): void;
  /** As of `EventTarget`. */
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * The same items until the signal aborts; then its reason is thrown at once, also while the source is at work on the next item.
 *
 * @internal
 */
export async function* untilAborted<T>(
  source: Iterable<T> | AsyncIterable<T>,
  signal: OutputSignal = new AbortController().signal,
): AsyncGenerator<T, void, undefined> {
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let stop = (): void => undefined;
  const onAbort = (): void => stop();
  signal.addEventListener('abort', onAbort, { once: true });
  let isDone = false;
  try {
    while (true) {
      signal.throwIfAborted();
      const next = Promise.resolve(iterator.next());
      // Not Promise.race with one promise for all items: that holds every item until the last.
      const result = await new Promise<IteratorResult<T, unknown> | undefined>((resolve, reject) => {
        stop = () => resolve(undefined);
        // What the source throws after the abort, nobody waits for any more.
        next.then(resolve, reject);
      });
      signal.throwIfAborted();
      if (result === undefined) continue;
      if (result.done === true) {
        isDone = true;
        return;
      }
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (!isDone) closeSoon(iterator);
  }
}

/** Not awaited: a generator runs its `finally` only after the item that it is at work on. */
function closeSoon<T>(iterator: Iterator<T> | AsyncIterator<T>): void {
  void Promise.resolve(iterator.return?.()).catch(() => undefined);
}
