import type { DirectivesDocument, DirectiveValue, SystemdDocument } from '../../cluster-document.js';
import type { SystemdSection, SystemdSpec } from '../../cluster-spec.js';
import type { CompleteDocument } from '../../presets/preset.js';
import { unknownDirective } from '../../systemd/directives/directive-table.js';
import { describeDropped, readValue } from '../../systemd/values/value-table.js';
import { nearest } from '../../text/nearest.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { formatPath } from '../path.js';
import { checkServiceDirective } from './service-directives.js';

/** Sections of a service (systemd.service(5)); systemd ignores others, but for those that begin with X-, with a warning. */
const SECTIONS: readonly string[] = ['Unit', 'Service', 'Install'];
/** Units, and files of tmpfiles.d and sysusers.d, that a machine already has and ours would replace. */
const TAKEN_UNITS =
  /^(?:systemd(?:-.*)?|dbus(?:-.*)?|kubelet|containerd|crio|docker|sshd?|cron|(?:.*-)?getty|modprobe|user(?:-.*)?|quotaon|basic|debian|home|journal-nocow|legacy|passwd|polkitd|portables|provision|static-nodes-permissions|tmp|var|x11)$/;
const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

/**
 * Reads the `systemd` part.
 *
 * @param own - the operator's directives, which are checked; the preset's are laid under them already
 * @internal
 */
export function resolveSystemd(
  document: CompleteDocument['systemd'],
  own: DirectivesDocument | undefined,
  issues: IssueList,
): SystemdSpec {
  checkDirectives(own ?? {}, issues);
  // systemd itself warns of a service that runs as the user of nobody's files (systemd.exec(5), User=).
  if (document.user === 'nobody') {
    issues.add(
      'user-nobody',
      'systemd.user',
      'nobody is not a service user.',
      'Write a dedicated user, such as etcd.',
    );
  }
  const { user, hardening } = document;
  const group = document.group ?? user;
  checkAccounts(document, user, group, issues);
  return {
    unit: resolveUnit(document.unit, issues),
    user,
    group,
    ...(document.uid === undefined ? {} : { uid: document.uid }),
    ...(document.gid === undefined ? {} : { gid: document.gid }),
    hardening,
    directives: Object.entries(document.directives).map(
      ([name, directives]): SystemdSection => ({
        name,
        directives: Object.entries(directives).map(([directive, value]) => ({
          name: directive,
          values: lines(value),
        })),
      }),
    ),
  };
}

/** root and its group are there, with numbers of their own; and what root's group may read, root alone may. */
function checkAccounts({ uid, gid }: SystemdDocument, user: string, group: string, issues: IssueList): void {
  if (group === 'root' && user !== 'root') {
    issues.add(
      'group-root',
      'systemd.group',
      `${user} would read its keys as a member of the group root.`,
      'Write a group of its own, or leave systemd.group out.',
    );
  }
  for (const [key, id, name] of [
    ['uid', uid, user],
    ['gid', gid, group],
  ] as const) {
    if (id === undefined || name !== 'root') continue;
    const where = key === 'uid' ? 'systemd.user' : 'systemd.group';
    issues.add('root-id', `systemd.${key}`, `root has the number 0.`, `Write ${where} too.`);
  }
}

function resolveUnit(unit: string, issues: IssueList): string {
  if (/\.(?:service|timer|socket|target|mount|path|slice|scope|device|swap|automount)$/.test(unit)) {
    issues.add(
      'unit-suffix',
      'systemd.unit',
      `${quoteValue(unit)} carries a suffix.`,
      `Write ${unit.replace(/\.[a-z]+$/, '')}.`,
    );
  }
  if (TAKEN_UNITS.test(unit.split('@')[0] ?? '')) {
    issues.add(
      'taken-unit',
      'systemd.unit',
      `${quoteValue(unit)} is the name of another unit on the host, whose files would be replaced.`,
      'Write another name, such as etcd.',
    );
  }
  return unit;
}

function checkDirectives(directives: DirectivesDocument, issues: IssueList): void {
  for (const [section, entries] of Object.entries(directives)) {
    const where = ['systemd', 'directives', section];
    if (!SECTIONS.includes(section) && !/^X-[A-Za-z0-9-]+$/.test(section)) {
      const near = nearest(section, SECTIONS);
      issues.add(
        'unknown-section',
        formatPath(where),
        `${quoteValue(section)} is not a section of a service; systemd would ignore it.`,
        near === undefined ? 'Write Unit, Service or Install.' : `Did you mean ${near}?`,
      );
    }
    for (const [name, value] of Object.entries(entries)) {
      const path = formatPath([...where, name]);
      if (!NAME.test(name)) {
        issues.add(
          'not-a-directive',
          path,
          `${quoteValue(name)} is not the name of a directive.`,
          'Write letters, as in LimitNOFILE.',
        );
      } else checkKnown(section, name, path, issues);
      if (section === 'Service') checkServiceDirective(name, lines(value), path, issues);
      for (const line of lines(value)) {
        if (checkLine(name, line, path, issues)) checkValue(section, name, line, path, issues);
      }
    }
  }
}

/** systemd passes over what it does not know, with a warning in a journal that nobody reads. */
function checkKnown(section: string, name: string, path: string, issues: IssueList): void {
  const unknown = unknownDirective(section, name);
  if (unknown?.type === 'misplaced')
    issues.add(
      'misplaced-directive',
      path,
      `systemd passes over ${name} in [${section}].`,
      `Move it to ${unknown.belongs}.`,
    );
  if (unknown?.type === 'misspelt')
    issues.add(
      'unknown-directive',
      path,
      `systemd knows no ${name} in [${section}], and passes over it.`,
      unknown.nearest === undefined ? 'Leave it out.' : `Did you mean ${unknown.nearest}?`,
    );
}

/** systemd passes over a value that it cannot read, and does without what was asked for. */
function checkValue(section: string, name: string, line: string, path: string, issues: IssueList): void {
  for (const dropped of readValue(section, name, line).dropped) {
    const { message, cure } = describeDropped(dropped);
    issues.add('directive-value', path, message, cure);
  }
}

/** Whether a value stands on a line, as one. */
function checkLine(name: string, line: string, path: string, issues: IssueList): boolean {
  if (/[\p{Cs}\p{Noncharacter_Code_Point}]/u.test(line)) {
    const message = `${quoteValue(line)} contains an invalid character, and systemd drops such lines.`;
    issues.add('unit-character', path, message, 'Leave it out.');
    return false;
  }
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line) || line.endsWith('\\')) {
    issues.add(
      'unit-line',
      path,
      `${quoteValue(line)} does not fit on one line of a unit.`,
      'Write one line without a backslash at its end; a list gives a directive several times.',
    );
    return false;
  }
  // A flag and a variable of the same name together are fatal, a lone variable would win silently (etcd-io/etcd#8380).
  // ETCD_UNSUPPORTED_ARCH is not a flag, and without it etcd does not start on arm and riscv64 (etcd `etcdmain/etcd.go`,
  // checkSupportArch).
  if (name === 'Environment' && /\bETCD_(?!UNSUPPORTED_ARCH=)[A-Z0-9_]+=/.test(line)) {
    issues.add(
      'environment-of-etcd',
      path,
      `${quoteValue(line)} would set etcd's own settings a second time.`,
      'Write etcd.settings.',
    );
  }
  return true;
}

function lines(value: DirectiveValue | readonly DirectiveValue[]): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
