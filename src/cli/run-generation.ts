import { resolve } from 'node:path';
import type { BundleState } from '../bundle/state.js';
import type { Update } from '../plan/update.js';
import type { UnixTime } from '../x509/time.js';
import { UsageError } from './command.js';
import type { ExitCode } from './exit-code.js';
import { reportFailure } from './failure.js';
import type { GenerationOptions } from './generation-options.js';
import type { CliIo } from './io.js';

/**
 * The operand of a command that takes a bundle and nothing else.
 *
 * @param only - what more than one is refused with: `Only one bundle is renewed at a time`
 * @throws UsageError where it is not the one operand
 * @internal
 */
export function bundleOperand([bundle, ...more]: readonly string[], only: string): string {
  if (bundle === undefined) throw new UsageError('operand-missing', 'Name a bundle.');
  if (more.length > 0) throw new UsageError('operand-superfluous', `${only}; leave out ${more.join(' ')}.`);
  return bundle;
}

/**
 * Reads a bundle, plans its next generation and makes it, or reports why not.
 *
 * @param bundle - as on the command line
 * @internal
 */
export async function runGeneration(
  bundle: string,
  options: GenerationOptions,
  plan: (state: BundleState, now: UnixTime) => Promise<Update>,
  io: CliIo,
): Promise<ExitCode> {
  try {
    const { readBundle } = await import('../node/read/state.js');
    const { makeGeneration } = await import('./make-generation.js');
    const folder = resolve(io.cwd, bundle);
    const now = io.now();
    const state = await readBundle(folder);
    const planned = await plan(state, now);
    return await makeGeneration(state, planned, { ...options, bundle: folder, now }, io);
  } catch (error) {
    return reportFailure(error, io, { format: options.json ? 'json' : 'text' });
  }
}
