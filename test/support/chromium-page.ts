import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A page of a real browser, which the tests speak to over the DevTools protocol. */
export interface Page {
  /** Calls a method of the protocol, such as `Page.printToPDF`. */
  readonly send: (method: string, parameters?: object) => Promise<Record<string, unknown>>;
  /** The value of an expression, once it is there. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Opens a document and waits for its load event. */
  readonly open: (url: string) => Promise<void>;
  /** All that the page asked for. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url: string } };
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

type Waiting = (message: Message) => void;

/** Starts a browser with a profile of its own, and without a port: it listens to its parent alone. */
export async function openPage(program: string): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  // As root there is no sandbox; what is shown here is what the tests made.
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--hide-scrollbars',
  ];
  const child = spawn(
    program,
    [...flags, `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const closed = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, () => void>();
  const requests: string[] = [];
  const input = child.stdio[3] as Writable;
  readMessages(child.stdio[4] as Readable, (message) => {
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    const url = message.params?.request?.url;
    if (message.method === 'Network.requestWillBeSent' && url !== undefined) requests.push(url);
    if (message.method !== undefined) listeners.get(message.method)?.();
  });
  let last = 0;
  const call = (method: string, params: object, sessionId?: string): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      last += 1;
      const id = last;
      waiting.set(id, ({ result, error }) => {
        waiting.delete(id);
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  const { targetId } = await call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  const send: Page['send'] = (method, parameters = {}) => call(method, parameters, String(sessionId));
  await send('Page.enable');
  await send('Network.enable');
  return {
    send,
    requests,
    evaluate: async (expression) => {
      const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (answer['exceptionDetails'] !== undefined)
        throw new Error(JSON.stringify(answer['exceptionDetails']));
      return (answer['result'] as { readonly value?: unknown }).value;
    },
    open: async (url) => {
      const loaded = new Promise<void>((resolve) => void listeners.set('Page.loadEventFired', resolve));
      await send('Page.navigate', { url });
      await loaded;
    },
    close: async () => {
      await call('Browser.close', {}).catch(() => undefined);
      await closed;
      // Its helpers may write for a moment longer.
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Messages end with a NUL. */
function readMessages(output: Readable, take: (message: Message) => void): void {
  let rest = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    const pieces = (rest + text).split('\0');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) take(JSON.parse(piece));
  });
}
