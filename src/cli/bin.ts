import process from 'node:process';
import { listenToInterrupts } from './interrupts.js';
import type { CliIo } from './io.js';
import { createOutput } from './output.js';
import { run } from './run.js';

const interrupts = listenToInterrupts({
  on: (signal, listener) => process.on(signal, listener),
  off: (signal, listener) => process.off(signal, listener),
  die: (signal) => process.kill(process.pid, signal),
  now: () => Date.now(),
});
const io: CliIo = {
  stdout: createOutput(1, () => process.stdout),
  stderr: createOutput(2, () => process.stderr),
  get stdin() {
    return process.stdin;
  },
  env: process.env,
  cwd: process.cwd(),
  askSecrets: async (questions) =>
    (await import('./ask-secret.js')).askSecrets(questions, () => process.kill(process.pid, 'SIGINT')),
  now: () => Math.floor(Date.now() / 1000),
  signal: interrupts.signal,
  whileWriting: interrupts.whileWriting,
  loadCrypto: async () => (await import('../node/crypto/node-crypto.js')).nodeCryptoProvider(),
};

void run(process.argv.slice(2), io).then((exitCode) => {
  process.exitCode = exitCode;
  const signal = interrupts.received();
  // A shell tells an interrupted program from a failed one by the signal that it died of.
  if (signal !== undefined && exitCode !== 0) process.kill(process.pid, signal);
});
