/**
 * What a process listens to signals with.
 *
 * @internal
 */
export interface SignalSource {
  readonly on: (signal: InterruptSignal, listener: (signal: InterruptSignal) => void) => unknown;
  readonly off: (signal: InterruptSignal, listener: (signal: InterruptSignal) => void) => unknown;
  /** Ends the process as if nobody had listened. */
  readonly die: (signal: InterruptSignal) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** @internal */
export type InterruptSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** @internal */
export interface Interrupts {
  /** Aborts when the operator interrupts a run that has something to clean up. */
  readonly signal: AbortSignal;
  /** What came meanwhile; undefined for nothing. */
  readonly received: () => InterruptSignal | undefined;
  /** While this works an interrupt aborts `signal`; at any other time it ends the process at once, whatever that is computing. */
  readonly whileWriting: <T>(work: () => Promise<T>) => Promise<T>;
}

const SIGNALS: readonly InterruptSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** A terminal and npx each pass on the same Ctrl-C; who waits longer than this for the end has pressed it again. */
const SAME_MILLISECONDS = 2000;

/** @internal */
export function listenToInterrupts(source: SignalSource): Interrupts {
  const controller = new AbortController();
  let first: { readonly signal: InterruptSignal; readonly at: number } | undefined;
  const interrupt = (signal: InterruptSignal): void => {
    if (first === undefined) {
      first = { signal, at: source.now() };
      controller.abort(signal);
    } else if (source.now() - first.at > SAME_MILLISECONDS) {
      stop();
      source.die(signal);
    }
  };
  const stop = (): void => {
    for (const signal of SIGNALS) source.off(signal, interrupt);
  };
  return {
    signal: controller.signal,
    received: () => first?.signal,
    whileWriting: async (work) => {
      for (const signal of SIGNALS) source.on(signal, interrupt);
      try {
        return await work();
      } finally {
        stop();
      }
    },
  };
}
