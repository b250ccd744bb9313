import type { RootIndex } from '../host-root.js';
import type { ProcessService } from '../service/service.js';
import { type Preparation, preStartOf } from './pre-start.js';
import { tmpfilesOf } from './tmpfiles.js';
import { unitDirectories } from './unit-directories.js';

/**
 * What changes owners, modes and folders before etcd starts, in the order in which it happens: tmpfiles.d at boot, the folders that
 * systemd makes for the unit, and ExecStartPre=.
 *
 * @internal
 */
export interface Preparations {
  readonly steps: readonly Preparation[];
  /** Whether commands run before etcd, as root, of which nobody can say what they change. */
  readonly isOpen: boolean;
}

/** @internal */
export function preparationsOf(service: ProcessService, root: RootIndex, user: string): Preparations {
  const preStart = service.type === 'unit' ? preStartOf(service.sections) : { steps: [], isOpen: false };
  return {
    steps: [
      ...tmpfilesOf(root),
      ...(service.type === 'unit' ? unitDirectories(service.sections, user, service.group) : []),
      ...preStart.steps,
    ],
    isOpen: preStart.isOpen,
  };
}
