import { createKeyMask, type KeyMask } from '../text/keys/mask-keys.js';
import type { CliIo, CliStream } from './io.js';

/**
 * The same outside world, to which no private key is written: all that a command prints passes here.
 *
 * @internal
 */
export function withoutKeys(io: CliIo): CliIo {
  // One for both: a message may show the start of a key, and a result its middle.
  const mask = createKeyMask();
  return {
    stdout: masked(io.stdout, mask),
    stderr: masked(io.stderr, mask),
    // Opened when it is read and not before.
    get stdin() {
      return io.stdin;
    },
    env: io.env,
    cwd: io.cwd,
    askSecrets: io.askSecrets,
    now: io.now,
    signal: io.signal,
    whileWriting: io.whileWriting,
    loadCrypto: io.loadCrypto,
  };
}

function masked(stream: CliStream, mask: KeyMask): CliStream {
  return {
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
    write: (text) => stream.write(mask(text)),
  };
}
