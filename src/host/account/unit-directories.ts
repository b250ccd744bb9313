import type { SystemdSection } from '../../cluster-spec.js';
import { unitFolders } from '../../systemd/sandbox/unit-folders.js';
import type { Preparation } from './pre-start.js';

/**
 * What the unit's own folders change: the folder and, if its owner changes, all that is in it become the user's. What is below
 * ConfigurationDirectory= stays as it is (systemd `src/core/execute.c`, setup_exec_directory).
 *
 * @internal
 */
export function unitDirectories(
  sections: readonly SystemdSection[],
  user: string,
  group: string | undefined,
): readonly Preparation[] {
  return unitFolders(sections).map(({ directive, path, mode }): Preparation => {
    const isConfiguration = directive === 'ConfigurationDirectory';
    return {
      path,
      isGlob: false,
      reach: isConfiguration ? 'itself' : 'with-owner',
      creates: 'directory',
      ...(isConfiguration ? {} : { user, group: group ?? user }),
      mode,
      isForNew: isConfiguration,
    };
  });
}
