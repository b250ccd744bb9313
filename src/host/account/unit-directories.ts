import type { SystemdSection } from '../../cluster-spec.js';
import { directiveValues, lastValue } from '../../systemd/directive-values.js';
import { splitQuotedWords } from '../../systemd/words.js';
import { normalizePath } from '../../text/path.js';
import type { Preparation } from './pre-start.js';

/**
 * The folders that systemd makes for a unit, by directive (systemd.exec(5), RuntimeDirectory=).
 *
 * @internal
 */
export const UNIT_DIRECTORIES = {
  RuntimeDirectory: '/run',
  StateDirectory: '/var/lib',
  CacheDirectory: '/var/cache',
  LogsDirectory: '/var/log',
  ConfigurationDirectory: '/etc',
} as const;

const DEFAULT_MODE = 0o755;

/**
 * What these directives change: the folder and, if its owner changes, all that is in it become the user's. What is below
 * ConfigurationDirectory= stays as it is (systemd `src/core/execute.c`, setup_exec_directory).
 *
 * @internal
 */
export function unitDirectories(
  sections: readonly SystemdSection[],
  user: string,
  group: string | undefined,
): readonly Preparation[] {
  return Object.entries(UNIT_DIRECTORIES).flatMap(([directive, base]) => {
    const mode = Number.parseInt(lastValue(sections, `${directive}Mode`), 8);
    const isConfiguration = directive === 'ConfigurationDirectory';
    return directiveValues(sections, directive)
      .flatMap((line) => splitQuotedWords(line) ?? [])
      .map(
        ({ value }): Preparation => ({
          path: normalizePath(`${base}/${value.split(':')[0] ?? ''}`),
          isGlob: false,
          reach: isConfiguration ? 'itself' : 'with-owner',
          creates: 'directory',
          ...(isConfiguration ? {} : { user, group: group ?? user }),
          mode: Number.isNaN(mode) ? DEFAULT_MODE : mode,
          isForNew: isConfiguration,
        }),
      );
  });
}
