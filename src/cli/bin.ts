import process from 'node:process';
import type { CliIo } from './io.js';
import { createOutput } from './output.js';
import { run } from './run.js';

const interrupted = new AbortController();
/** A second one ends the process at once, as if nobody listened. */
const interrupt = (signal: NodeJS.Signals): void => interrupted.abort(signal);
process.once('SIGINT', interrupt);
process.once('SIGTERM', interrupt);
const io: CliIo = {
  stdout: createOutput(1, () => process.stdout),
  stderr: createOutput(2, () => process.stderr),
  get stdin() {
    return process.stdin;
  },
  env: process.env,
  cwd: process.cwd(),
  now: () => Math.floor(Date.now() / 1000),
  signal: interrupted.signal,
  loadCrypto: async () => (await import('../node/crypto/node-crypto.js')).nodeCryptoProvider(),
};

void run(process.argv.slice(2), io).then((exitCode) => {
  process.exitCode = exitCode;
  // A shell tells an interrupted program from a failed one by the signal that it died of.
  if (interrupted.signal.aborted && exitCode !== 0) process.kill(process.pid, interrupted.signal.reason);
});
