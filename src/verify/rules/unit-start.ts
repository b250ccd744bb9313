import type { SystemdSection } from '../../cluster-spec.js';
import { type Access, accessOf } from '../../host/account/access.js';
import { accountsOf } from '../../host/account/accounts.js';
import { conditionFacts } from '../../host/account/condition-facts.js';
import { unmetCondition } from '../../host/account/conditions.js';
import { pathTests } from '../../host/account/path-tests.js';
import { folderOf, hasAnyBelow } from '../../host/host-root.js';
import type { MemberView } from '../../host/member-view.js';
import { credentialsOf } from '../../host/service/credentials.js';
import { directiveValues, isOn, lastValue } from '../../systemd/directive-values.js';
import { BEFORE_START, execCommands } from '../../systemd/exec-commands.js';
import { directiveOf } from '../../systemd/sandbox/mounts.js';
import { sandboxOf } from '../../systemd/sandbox/sandbox.js';
import { commandRules } from '../../systemd/service-rules/commands.js';
import { isWithin, normalizePath } from '../../text/path.js';
import type { Fault } from '../finding.js';
import type { Rule } from '../rule.js';
import { requiredUnitFaults } from './required-units.js';
import type { Said } from './said.js';
import { serviceFaults } from './service-faults.js';

/** @internal */
export const unitStart: Rule = {
  name: 'unit-start',
  summary:
    'systemd gets as far as etcd: its conditions hold, and accounts, folders, units and programs that the unit names are there.',
  levels: ['error'],
  source:
    'systemd.unit(5), Conditions and Asserts, Requires=; systemd.exec(5), Process Exit Codes; systemd.service(5)',
  *check({ members }) {
    for (const member of members) {
      const { service, root, label } = member;
      if (service.type !== 'unit') continue;
      const place = { level: 'error', member: label } as const;
      yield* serviceFaults(member, commandRules);
      const all: Said[] = [];
      // What a tarball lacks, its host may have.
      if (root.isHost) {
        const access = accessOf(service, root);
        const faults = [
          conditionFaults(member, access),
          accountFaults(member),
          pathFaults(member, access),
          requiredUnitFaults(service.sections, root),
        ];
        for (const one of faults) for (const fault of one) all.push(fault);
      }
      for (const [directive, message, cure, says] of all)
        yield { ...place, path: service.originOf(directive), message, cure, etcdSays: says } satisfies Fault;
    }
  },
};

function* conditionFaults({ service, root }: MemberView, access: Access): Generator<Said> {
  if (service.type === 'layout') return;
  const facts = conditionFacts(root);
  for (const kind of ['Condition', 'Assert'] as const) {
    const unmet = unmetCondition(service.sections, kind, access, facts);
    if (unmet === undefined) continue;
    yield [
      unmet.directive,
      `${unmet.directive}=${unmet.value} does not hold, so systemd does not start the unit.`,
      'Remove it, or bring about what it asks for.',
      kind === 'Condition'
        ? `Condition check resulted in etcd being skipped. (${unmet.directive}=${unmet.value})`
        : 'Assertion failed',
    ];
  }
}

function* accountFaults({ service, root }: MemberView): Generator<Said> {
  if (service.type === 'layout' || /[%+]/.test(`${service.user ?? ''}${service.start?.prefixes ?? ''}`))
    return;
  const { sections, user, group } = service;
  const accounts = accountsOf(root);
  if (user !== undefined && !isOn(sections, 'DynamicUser') && accounts.user(user) === undefined)
    yield [
      'User',
      `User=${user}: there is no such account on this host, and no file in sysusers.d makes it.`,
      /^\d+$/.test(user)
        ? 'systemd looks numbers up too: make an account with this number.'
        : `useradd --system ${user}`,
      'Failed to determine user credentials: No such process (status=217/USER)',
    ];
  const supplementary = directiveValues(sections, 'SupplementaryGroups').flatMap((line) => line.split(/\s+/));
  const isOwn = (name: string): boolean => isOn(sections, 'DynamicUser') && name === (user ?? name);
  for (const [directive, name] of [
    ...(group === undefined ? [] : [['Group', group] as const]),
    ...supplementary.map((text) => ['SupplementaryGroups', text] as const),
  ]) {
    if (name === '' || name.includes('%') || /^\d+$/.test(name)) continue;
    if (accounts.group(name) !== undefined || (directive === 'Group' && isOwn(name))) continue;
    yield [
      directive,
      `${directive}=${name}: there is no such group on this host, and no file in sysusers.d makes it.`,
      `groupadd --system ${name}`,
      'Failed to determine group credentials: No such process (status=216/GROUP)',
    ];
  }
}

function* pathFaults({ service, root }: MemberView, access: Access): Generator<Said> {
  if (service.type === 'layout') return;
  const { sections, start } = service;
  const sandbox = sandboxOf(sections);
  const isThere = (path: string): boolean => access.stateOf(path).type !== 'absent';
  // What systemd itself makes at boot no copy of a host has.
  for (const { path, cause } of sandbox.sources)
    if (!isThere(path) && !access.isOpen && !isWithin(path, '/run/systemd'))
      yield [
        directiveOf(cause),
        `${cause} names ${path}, which does not exist.`,
        'Make it, or write - before the path if it may be missing.',
        `Failed to set up mount namespacing: ${path}: No such file or directory (status=226/NAMESPACE)`,
      ];
  for (const { source } of credentialsOf(sections))
    if (!isThere(source))
      yield [
        'LoadCredential',
        `LoadCredential names ${source}, which does not exist.`,
        'Put the file there.',
        'Failed to set up credentials: No such file or directory (status=243/CREDENTIALS)',
      ];
  const folder = lastValue(sections, 'WorkingDirectory');
  if (folder.startsWith('/')) {
    const host = sandbox.hostPath(folder);
    const isAbsent = access.stateOf(host).type === 'absent';
    const isUnseen = isAbsent && !hasAnyBelow(root, folderOf(normalizePath(host)));
    if (!isUnseen && (isAbsent || access.toEnter(host).type === 'denied'))
      yield [
        'WorkingDirectory',
        `WorkingDirectory=${folder} ${isAbsent ? 'does not exist' : `may not be entered by ${access.identity.name}`}.`,
        `Name a folder that ${access.identity.name} may enter, or leave it out.`,
        `Changing to the requested working directory failed: ${isAbsent ? 'No such file or directory' : 'Permission denied'} (status=200/CHDIR)`,
      ];
  }
  const commands = execCommands(sections, BEFORE_START)
    .filter(({ prefixes }) => !prefixes.includes('-'))
    .map(({ directive, words }) => [directive, words[0] ?? ''] as const);
  yield* testFaults(sections, access);
  for (const [directive, binary] of [...commands, ['ExecStart', start?.binary ?? ''] as const]) {
    if (!binary.startsWith('/') || binary.includes('%')) continue;
    const host = sandbox.hostPath(binary);
    const state = access.stateOf(host);
    const isExec = directive === 'ExecStart';
    if (state.type === 'unseen' || (state.type === 'absent' && root.unread(host) !== undefined)) continue;
    if (state.type === 'absent' && !hasAnyBelow(root, folderOf(normalizePath(host)))) continue;
    const why =
      state.type === 'absent'
        ? 'does not exist'
        : state.type === 'directory'
          ? 'is a folder'
          : !isExec && sandbox.noExecAt(binary) !== undefined
            ? `${sandbox.noExecAt(binary)} keeps from being executed`
            : isExec && access.toExecute(host).type === 'denied'
              ? `may not be executed by ${access.identity.name}`
              : undefined;
    if (why === undefined) continue;
    yield [
      directive,
      `${directive} names ${binary}, which ${why}${host === binary ? '' : ` (${host} on the host)`}.`,
      'Install it there, owned by root and with mode 0755.',
      `Failed at step EXEC spawning ${binary}: ${state.type === 'absent' ? 'No such file or directory' : 'Permission denied'} (status=203/EXEC)`,
    ];
  }
}

function* testFaults(sections: readonly SystemdSection[], { stateOf }: Access): Generator<Said> {
  for (const { directive, line, path, wanted, isNegated } of pathTests(sections)) {
    const state = stateOf(path);
    if (state.type === 'unseen') continue;
    const holds = state.type !== 'absent' && (wanted === 'any' || state.type === wanted);
    if (holds !== isNegated) continue;
    yield [
      directive,
      `${directive}=${line} fails, and with it the start of the unit.`,
      'Remove it, or bring about what it asks for.',
      'Control process exited, code=exited, status=1/FAILURE',
    ];
  }
}
