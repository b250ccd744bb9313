import type { BundleState } from '../bundle/state.js';
import { updateToJson } from '../node/json/update.js';
import type { Update } from '../plan/update.js';
import type { UnixTime } from '../x509/time.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import type { CliIo } from './io.js';
import { jsonText, styleFor } from './text.js';
import { renderUpdateText } from './update-text.js';

/**
 * What a command that makes a generation was told.
 *
 * @internal
 */
export interface GenerationInput {
  /** Absolute. */
  readonly bundle: string;
  /** Absolute; absent: the bundle's own. */
  readonly out?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly now: UnixTime;
  readonly onIssued: (done: number, total: number) => void;
}

/**
 * Writes the next generation, where there is anything to do and it is not only asked what, and says so.
 *
 * @throws EtcdBundleError as writeUpdate does
 * @internal
 */
export async function makeGeneration(
  state: BundleState,
  update: Update,
  { bundle, out, dryRun, json, now, onIssued }: GenerationInput,
  io: CliIo,
): Promise<ExitCode> {
  const written =
    dryRun || update.changes.length === 0
      ? undefined
      : await io.whileWriting(async () => {
          const { writeUpdate } = await import('../node/update.js');
          const crypto = await io.loadCrypto();
          const target = out === undefined ? {} : { out };
          return writeUpdate(bundle, state, update, { crypto, now, onIssued, signal: io.signal, ...target });
        });
  io.stdout.write(
    json
      ? jsonText(updateToJson(state, update, written))
      : renderUpdateText(state, update, written, styleFor(io.stdout, io)),
  );
  return exitCodes.done;
}
