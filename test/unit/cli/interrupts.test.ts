import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type InterruptSignal, listenToInterrupts } from '../../../src/cli/interrupts.js';

function source() {
  const events = new EventEmitter();
  const died: InterruptSignal[] = [];
  const clock = { milliseconds: 0 };
  const interrupts = listenToInterrupts({
    on: (signal, listener) => events.on(signal, listener),
    off: (signal, listener) => events.off(signal, listener),
    die: (signal) => void died.push(signal),
    now: () => clock.milliseconds,
  });
  const listeners = () => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => events.listenerCount(signal));
  const send = (signal: InterruptSignal): void => void events.emit(signal, signal);
  return { interrupts, died, clock, listeners, send };
}

describe('interrupts', () => {
  it('are nobody’s but while something is written, so that the system ends the process', async () => {
    const { interrupts, listeners } = source();
    expect(listeners()).toEqual([0, 0, 0]);
    await interrupts.whileWriting(async () => expect(listeners()).toEqual([1, 1, 1]));
    expect(listeners()).toEqual([0, 0, 0]);
    await expect(interrupts.whileWriting(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
    expect(listeners()).toEqual([0, 0, 0]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('abort what is written: %s', async (signal) => {
    const { interrupts, send, died } = source();
    await interrupts.whileWriting(async () => {
      send(signal);
      expect(interrupts.signal.aborted).toBe(true);
    });
    expect(interrupts.received()).toBe(signal);
    expect(died).toEqual([]);
  });

  it('end the process when they come again later, and not when a terminal and npx pass on the same one', async () => {
    const { interrupts, send, died, clock, listeners } = source();
    await interrupts.whileWriting(async () => {
      send('SIGINT');
      clock.milliseconds = 1500;
      send('SIGINT');
      expect(died).toEqual([]);
      clock.milliseconds = 2500;
      send('SIGTERM');
      expect(died).toEqual(['SIGTERM']);
      expect(listeners()).toEqual([0, 0, 0]);
    });
    expect(interrupts.received()).toBe('SIGINT');
  });
});
