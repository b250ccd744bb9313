import type { BundleState } from '../bundle/state.js';
import type { ReleasePrograms } from '../node/programs/release-archives.js';
import type { Update } from '../plan/update.js';
import type { UnixTime } from '../x509/time.js';
import { readPassphrase } from './ca-passphrase.js';
import { type ExitCode, exitCodes } from './exit-code.js';
import type { GenerationOptions } from './generation-options.js';
import type { CliIo } from './io.js';
import { printUpdate } from './print-update.js';
import { createProgress } from './progress.js';

/**
 * What a command that makes a generation was told.
 *
 * @internal
 */
export interface GenerationInput extends GenerationOptions {
  /** Absolute. */
  readonly bundle: string;
  readonly now: UnixTime;
  /** Absent where the generation brings none. */
  readonly programs?: ReleasePrograms | undefined;
}

/**
 * Writes the next generation, where there is anything to do and it is not only asked what, and says so.
 *
 * @throws EtcdBundleError as writeUpdate does; whatever readPassphrase throws
 * @internal
 */
export async function makeGeneration(
  state: BundleState,
  update: Update,
  { bundle, out, dryRun, json, now, programs, caPassphrase: source }: GenerationInput,
  io: CliIo,
): Promise<ExitCode> {
  const progress = createProgress('certificates', io);
  const isRotation = update.action === 'rotate-ca';
  const isWritten = !dryRun && update.changes.length > 0;
  // Asked for before anything is held, and where something is signed alone.
  const caPassphrase =
    source !== undefined && isWritten && (isRotation || update.certificates.length > 0)
      ? await readPassphrase(source, io, { isNew: isRotation })
      : undefined;
  const written = isWritten
    ? await io
        .whileWriting(async () => {
          const { writeUpdate } = await import('../node/update.js');
          const crypto = await io.loadCrypto();
          const target = {
            ...(out === undefined ? {} : { out }),
            ...(programs === undefined ? {} : { programs }),
            ...(caPassphrase === undefined ? {} : { caPassphrase }),
          };
          const issuing = { crypto, now, onIssued: progress.show, signal: io.signal };
          return writeUpdate(bundle, state, update, { ...issuing, ...target });
        })
        .finally(progress.erase)
    : undefined;
  printUpdate(state, update, { written, json }, io);
  return exitCodes.done;
}
