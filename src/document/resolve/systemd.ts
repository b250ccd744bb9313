import type { SystemdSection, SystemdSpec } from '../../spec/cluster-spec.js';
import { quoteValue } from '../../text/quote-value.js';
import type { DirectivesDocument, DirectiveValue, SystemdDocument } from '../cluster-document.js';
import type { IssueList } from '../issue-list.js';
import { formatPath } from '../path.js';

const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

/** Directives of [Service] that other keys of the document decide. */
const DECIDED_ELSEWHERE: Readonly<Record<string, string>> = {
  ExecStart: 'Write etcd.binary and etcd.settings.',
  User: 'Write systemd.user.',
  Group: 'Write systemd.user; the group has the same name.',
};

/**
 * Reads the `systemd` part.
 *
 * @param own - the operator's directives, which are checked; the preset's are laid under them already
 * @internal
 */
export function resolveSystemd(
  document: SystemdDocument,
  own: DirectivesDocument | undefined,
  issues: IssueList,
): SystemdSpec {
  checkDirectives(own ?? {}, issues);
  // systemd itself warns of a service that runs as the user of nobody's files (systemd.exec(5), User=).
  if (document.user === 'nobody') {
    issues.add(
      'invalid-value',
      'systemd.user',
      'nobody is no service user.',
      'Write a user of its own, such as etcd.',
    );
  }
  return {
    unit: resolveUnit(document.unit ?? 'etcd', issues),
    user: document.user ?? 'root',
    hardening: document.hardening ?? false,
    directives: Object.entries(document.directives ?? {}).map(
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

function resolveUnit(unit: string, issues: IssueList): string {
  if (/\.(?:service|timer|socket|target|mount|path|slice|scope|device|swap|automount)$/.test(unit)) {
    issues.add(
      'invalid-value',
      'systemd.unit',
      `${quoteValue(unit)} carries a suffix.`,
      `Write ${unit.replace(/\.[a-z]+$/, '')}.`,
    );
  }
  return unit;
}

function checkDirectives(directives: DirectivesDocument, issues: IssueList): void {
  for (const [section, entries] of Object.entries(directives)) {
    const where = ['systemd', 'directives', section];
    if (!NAME.test(section)) {
      issues.add(
        'invalid-value',
        formatPath(where),
        `${quoteValue(section)} is no section of a unit.`,
        'Write Unit, Service or Install.',
      );
    }
    for (const [name, value] of Object.entries(entries)) {
      const path = formatPath([...where, name]);
      if (!NAME.test(name)) {
        issues.add(
          'invalid-value',
          path,
          `${quoteValue(name)} is no name of a directive.`,
          'Write letters, as in LimitNOFILE.',
        );
      }
      const cure =
        section === 'Service' && Object.hasOwn(DECIDED_ELSEWHERE, name) ? DECIDED_ELSEWHERE[name] : undefined;
      if (cure !== undefined)
        issues.add('conflict', path, `${name} is written from another key of this document.`, cure);
      for (const line of lines(value)) checkLine(name, line, path, issues);
    }
  }
}

function checkLine(name: string, line: string, path: string, issues: IssueList): void {
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line) || line.endsWith('\\')) {
    issues.add(
      'invalid-value',
      path,
      `${quoteValue(line)} does not fit on one line of a unit.`,
      'Write a list for a directive that is given several times.',
    );
  }
  // A flag and a variable of the same name together are fatal, a lone variable would win silently (etcd-io/etcd#8380).
  if (name === 'Environment' && /\bETCD_[A-Z0-9_]+=/.test(line)) {
    issues.add(
      'conflict',
      path,
      `${quoteValue(line)} would set etcd's own settings a second time.`,
      'Write etcd.settings.',
    );
  }
}

function lines(value: DirectiveValue | readonly DirectiveValue[]): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
