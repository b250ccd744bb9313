import type { SystemdSection } from '../../cluster-spec.js';
import { normalizePath } from '../../text/path.js';
import { lastValue } from '../directive-values.js';
import { directiveWords } from '../directive-words.js';

/** Below what each directive makes its folders (systemd.exec(5), RuntimeDirectory=). */
const TOPS = [
  ['RuntimeDirectory', '/run'],
  ['StateDirectory', '/var/lib'],
  ['CacheDirectory', '/var/cache'],
  ['LogsDirectory', '/var/log'],
  ['ConfigurationDirectory', '/etc'],
] as const;

/**
 * A folder that systemd makes before a unit starts.
 *
 * @internal
 */
export interface UnitFolder {
  readonly directive: (typeof TOPS)[number][0];
  /** Absolute and normalised. */
  readonly path: string;
  /** As the unit has it, as in `StateDirectory=etcd`. */
  readonly cause: string;
  readonly mode: number;
}

const DEFAULT_MODE = 0o755;

/**
 * The folders that a unit's own directives make, and the links to them, whose names stand behind a `:` (from systemd 251 on).
 *
 * @internal
 */
export function unitFolders(sections: readonly SystemdSection[]): readonly UnitFolder[] {
  return TOPS.flatMap(([directive, top]) => {
    const mode = Number.parseInt(lastValue(sections, `${directive}Mode`), 8);
    return directiveWords(sections, directive).flatMap((word) =>
      word.split(':').map(
        (name): UnitFolder => ({
          directive,
          path: normalizePath(`${top}/${name}`),
          cause: `${directive}=${word}`,
          mode: Number.isNaN(mode) ? DEFAULT_MODE : mode,
        }),
      ),
    );
  });
}
