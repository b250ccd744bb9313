import type { SystemdSection } from '../../cluster-spec.js';
import { accountsOf } from '../../host/account/accounts.js';
import { folderOf, hasAnyBelow, type RootIndex } from '../../host/host-root.js';
import { maskedUnits } from '../../host/service/unit-files.js';
import { readUnit } from '../../host/service/unit-fragments.js';
import { directiveValues, isOn, lastValue } from '../../systemd/directive-values.js';
import { BEFORE_START, execCommands } from '../../systemd/exec-commands.js';
import { FAILING } from '../../systemd/service-rules/commands.js';
import { baseName, normalizePath } from '../../text/path.js';
import type { Said } from './said.js';

const KINDS = /\.(?:service|socket|target|timer|path)$/;
/** They count as started before it is known what their program comes to (systemd.service(5), Type=). */
const STARTED_AT_ONCE: readonly string[] = ['', 'simple', 'idle'];

/**
 * Units of a host that another one cannot do without, and that are masked, missing or fail (systemd.unit(5), Requires=).
 *
 * @param sections - of the unit that requires them
 * @internal
 */
export function* requiredUnitFaults(sections: readonly SystemdSection[], root: RootIndex): Generator<Said> {
  const required = ['Requires', 'BindsTo', 'Requisite'].flatMap((directive) =>
    unitsIn(sections, directive).map((name) => ({ directive, name })),
  );
  if (required.length === 0) return;
  const paths = new Map(
    [...root.files.keys()].filter((path) => path.includes('/systemd/')).map((path) => [baseName(path), path]),
  );
  const masked = maskedUnits(root);
  const earlier = new Set(unitsIn(sections, 'After'));
  for (const { directive, name } of required) {
    const template = name.replace(/@[^@]*(\.[a-z]+)$/, '@$1');
    if (masked.has(name))
      yield [
        directive,
        `${directive}=${name}: that unit is masked.`,
        `systemctl unmask ${name}, or write Wants=${name}.`,
        `Unit ${name} is masked.`,
      ];
    const path = paths.get(name) ?? paths.get(template);
    // Without an order etcd does not wait for it (systemd.unit(5), Requires=).
    const isAwaited = path !== undefined && earlier.has(name) && name.endsWith('.service');
    const failing = isAwaited ? whyItFails(root, name, path, directive === 'BindsTo') : undefined;
    if (failing !== undefined)
      yield [
        directive,
        `${directive}=${name}: ${failing}, and with that unit etcd does not start.`,
        `Mend ${name}, or write Wants=${name}.`,
        "Job etcd.service/start failed with result 'dependency'.",
      ];
    if (!KINDS.test(name) || name.includes('%') || path !== undefined) continue;
    yield [
      directive,
      `${directive}=${name}: there is no such unit on this host.`,
      `Install it, or write Wants=${name}.`,
      `Unit ${name} not found.`,
    ];
  }
}

function unitsIn(sections: readonly SystemdSection[], directive: string): readonly string[] {
  return directiveValues(sections, directive, 'Unit').flatMap((line) => line.split(/\s+/));
}

/** What keeps a unit from being started, or from staying so where etcd is bound to it. */
function whyItFails(root: RootIndex, name: string, path: string, isBound: boolean): string | undefined {
  const { sections } = readUnit(root, name, [path]);
  const type = lastValue(sections, 'Type');
  if (directiveValues(sections, 'ExecStart').length === 0) return 'it has no ExecStart=';
  const isAtOnce = STARTED_AT_ONCE.includes(type);
  const user = lastValue(sections, 'User');
  const isKnown = user === '' || user.includes('%') || isOn(sections, 'DynamicUser');
  if (!isAtOnce && !isKnown && accountsOf(root).user(user) === undefined)
    return `its account ${user} is not there`;
  const isGone = (binary: string): boolean =>
    binary.startsWith('/') &&
    root.entry(binary).type === 'absent' &&
    root.unread(binary) === undefined &&
    hasAnyBelow(root, folderOf(normalizePath(binary)));
  const failing = execCommands(sections, isAtOnce ? BEFORE_START : [...BEFORE_START, 'ExecStart']).find(
    ({ prefixes, words: [binary = ''] }) =>
      !prefixes.includes('-') && (FAILING.test(binary) || isGone(binary)),
  );
  if (failing !== undefined) return `its ${failing.directive}=${failing.line} fails`;
  const ends = isBound && type === 'oneshot' && !isOn(sections, 'RemainAfterExit');
  return ends ? 'it ends once its commands have run (RemainAfterExit=)' : undefined;
}
