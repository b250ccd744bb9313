import type { BundleState } from '../bundle/state.js';
import { updateToJson } from '../node/json/update.js';
import type { OutputResult } from '../node/write/output.js';
import type { Update } from '../plan/update.js';
import type { CliIo } from './io.js';
import { jsonText, styleFor } from './text.js';
import { renderUpdateText } from './update-text.js';

/**
 * Says what a generation changes, and where it was written.
 *
 * @internal
 */
export function printUpdate(
  state: BundleState,
  update: Update,
  { written, json }: { readonly written?: OutputResult | undefined; readonly json: boolean },
  io: CliIo,
): void {
  io.stdout.write(
    json
      ? jsonText(updateToJson(state, update, written))
      : renderUpdateText(state, update, written, styleFor(io.stdout, io)),
  );
}
