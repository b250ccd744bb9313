import type { ClusterSpec } from '../../cluster-spec.js';
import type { Issue } from '../../errors.js';
import { directiveOf } from '../../systemd/sandbox/mounts.js';
import type { ServiceProblem, ServiceRule, ServiceView } from '../../systemd/service-rules/service-rule.js';
import { checkServiceRules, SERVICE_RULES } from '../../systemd/service-rules/service-rules.js';
import type { IssueList } from '../issue-list.js';
import { memberServices } from './member-service.js';

/** Of a path that is none nothing more can be said. */
const PATHS =
  /^(?:members\[\d+\]\.(?:dataDir|walDir)|etcd\.(?:binary|configFile|dataDir|walDir|settings\.(?:auth-token|log-outputs))|certificates\.(?:directory|files))(?:\.|$)/;

/**
 * Refuses directives with which the members' services would not start, or be of no use.
 *
 * @internal
 */
export function checkService(spec: ClusterSpec, issues: IssueList): void {
  if (issues.issues.some(({ path }) => PATHS.test(path))) return;
  const told = new Set(issues.issues.map(({ path }) => path));
  issues.addAll(serviceIssues(spec, 'error').filter(({ path }) => !told.has(path)));
}

/**
 * What the rules about services say of the members' units, each cure once for each directive: members differ in little.
 *
 * @internal
 */
export function serviceIssues(spec: ClusterSpec, level: ServiceRule['level']): readonly Issue[] {
  if (spec.kubernetes?.staticPod === true) return [];
  const found = new Map<string, Issue>();
  const rules = SERVICE_RULES.filter((rule) => rule.level === level);
  for (const { index, view } of memberServices(spec)) {
    const issues = [
      ...[...checkServiceRules(rules, view)].map(({ rule, problem }) => ({
        code: rule.id,
        path: pathOf(problem, spec, index),
        message: problem.message,
        cure: problem.cure,
      })),
      ...(level === 'error' ? replacedFiles(view) : []),
    ];
    for (const issue of issues) {
      const key = [issue.code, issue.path, issue.cure].join('\n');
      if (!found.has(key)) found.set(key, issue);
    }
  }
  return [...found.values()];
}

/** What is bound over the bundle's own files, nobody knows here. */
function replacedFiles({ sandbox, reads, binary }: ServiceView): readonly Issue[] {
  return [binary, ...reads].flatMap((path) => {
    const source = sandbox.hostPath(path);
    const cause = sandbox.causeAt(path);
    if (source === path || cause === undefined || sandbox.mountAt(path)?.kind !== 'bind') return [];
    return [
      {
        code: 'file-hidden',
        path: `systemd.directives.Service.${directiveOf(cause)}`,
        message: `${cause} puts ${source} in the place of ${path}, a file of the bundle.`,
        cure: 'Bind it to another place, or let other keys of the document name the files where they lie.',
      },
    ];
  });
}

/** Of the directives to blame the first that the document has. Where it has none, a path does not fit the bundle's own sandbox. */
function pathOf(
  { directives, setting }: ServiceProblem,
  { systemd, members }: ClusterSpec,
  index: number,
): string {
  const written = systemd.directives.find(({ name }) => name === 'Service')?.directives ?? [];
  const blamed = directives.find((name) => written.some((directive) => directive.name === name));
  if (blamed !== undefined) return `systemd.directives.Service.${blamed}`;
  const member = members[index];
  switch (setting) {
    case 'data-dir':
      return member?.dataDir === undefined ? 'etcd.dataDir' : `members[${index}].dataDir`;
    case 'wal-dir':
      return member?.walDir === undefined ? 'etcd.walDir' : `members[${index}].walDir`;
    case 'log-outputs':
      return 'etcd.settings.log-outputs';
    case 'socket':
      return `members[${index}].listenClientUrls`;
    default:
      return 'systemd';
  }
}
