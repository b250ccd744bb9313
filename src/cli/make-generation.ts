import type { BundleState } from '../bundle/state.js';
import type { ReleasePrograms } from '../node/programs/release-archives.js';
import type { Update } from '../plan/update.js';
import type { UnixTime } from '../x509/time.js';
import { type PassphraseSource, readPassphrase } from './ca-passphrase.js';
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
  const isWritten = !dryRun && update.changes.length > 0;
  // Asked for before anything is held.
  const caPassphrase =
    source !== undefined && isWritten ? await passphraseFor(state, update, source, io) : undefined;
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

/** Undefined where no CA's key is read or made. */
async function passphraseFor(
  { manifest }: BundleState,
  update: Update,
  source: PassphraseSource,
  io: CliIo,
): Promise<string | undefined> {
  const { madeIn, neededAuthorities } = await import('../plan/rotated-authorities.js');
  const isNew = madeIn(manifest, update).size > 0;
  return isNew || neededAuthorities(update).size > 0 ? readPassphrase(source, io, { isNew }) : undefined;
}
