import type { RootFile } from '../../host/host-root.js';
import { octal } from '../../text/octal.js';
import type { FileFacts } from './facts.js';

/**
 * Who may do what with a file, as far as it is known.
 *
 * @internal
 */
export function accessOf(
  file: Pick<RootFile, 'mode' | 'owner'> | undefined,
): Pick<FileFacts, 'mode' | 'owner'> {
  const { mode, owner } = file ?? {};
  return {
    mode: mode === undefined ? '' : octal(mode),
    owner: owner === undefined ? '' : `${owner.user}:${owner.group}`,
  };
}
