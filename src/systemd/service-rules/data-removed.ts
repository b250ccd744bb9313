import { fitsGlob } from '../../text/glob.js';
import { baseName, isWithin, normalizePath } from '../../text/path.js';
import { type ExecCommand, execCommands } from '../exec-commands.js';
import { type Removal, removalsOf } from '../removals.js';
import type { ServiceProblem, ServiceRule, ServiceView } from './service-rule.js';

/** Those that run each time a service starts or ends. */
const COMMANDS: readonly string[] = [
  'ExecCondition',
  'ExecStartPre',
  'ExecStartPost',
  'ExecReload',
  'ExecStop',
  'ExecStopPost',
];
/** What etcd has in a data directory, and in one of a write-ahead log (etcd `server/storage/datadir`, `server/storage/wal`). */
const CONTENTS: Readonly<Record<string, readonly string[]>> = {
  'data-dir': ['', '/member', '/member/snap', '/member/wal', '/member/snap/db', '/member/wal/0.wal'],
  'wal-dir': ['', '/0.wal'],
};
const FILE = /\/(?:db|0\.wal)$/;

/**
 * Commands that remove what etcd has written.
 *
 * @internal
 */
export const dataRemovedRules: readonly ServiceRule[] = (['error', 'warning'] as const).map((level) => ({
  id: 'data-removed',
  level,
  reads: COMMANDS,
  check: (view) => removedData(view, level === 'warning'),
}));

function* removedData(view: ServiceView, isConditional: boolean): Generator<ServiceProblem> {
  for (const command of execCommands(view.sections, COMMANDS, view.variables)) {
    const removals = removalsOf(command.words, view.variables);
    const lost = view.writes.find(({ setting, path }) =>
      removals.some((one) => one.isConditional === isConditional && takes(one, setting, path)),
    );
    if (lost !== undefined) yield problemOf(command, lost.setting, isConditional);
  }
}

function problemOf(
  { directive, line }: ExecCommand,
  setting: string,
  isConditional: boolean,
): ServiceProblem {
  return {
    directives: [directive],
    setting,
    message: `${directive}=${line} ${isConditional ? 'may remove' : 'removes'} the ${setting} of etcd each time it runs.`,
    cure: 'Remove the command; a member whose data is lost is replaced by hand, once.',
  };
}

function takes(removal: Removal, setting: string, folder: string): boolean {
  const contents = (CONTENTS[setting] ?? []).map((name) => normalizePath(`${folder}${name}`));
  const { isDeep, isPattern, names } = removal;
  return contents.some((path) => {
    const isNamed = path === removal.path || (isPattern && fitsGlob(path, removal.path));
    if (!isDeep) return isNamed && FILE.test(path);
    const isBelow = removal.path === '/' || isWithin(path, removal.path);
    if (names === undefined) return isNamed || isBelow;
    return isBelow && fitsGlob(baseName(path), names);
  });
}
