import type { SystemdSection } from '../../cluster-spec.js';
import { assignedValues } from '../../systemd/directive-values.js';
import type { Access } from './access.js';

/**
 * A condition, or an assertion.
 *
 * @internal
 */
export interface Condition {
  readonly directive: string;
  readonly value: string;
  /** Its argument without `|` and `!`: a path, for most. */
  readonly path: string;
}

/**
 * What conditions ask of a host besides its paths; undefined where nobody knows.
 *
 * @internal
 */
export interface ConditionFacts {
  readonly isEmpty: (path: string) => boolean | undefined;
  readonly isLink: (path: string) => boolean | undefined;
  readonly isAnyLike: (pattern: string) => boolean | undefined;
  readonly isCalled: (pattern: string) => boolean | undefined;
}

const CHECKS = [
  'PathExists',
  'PathIsDirectory',
  'DirectoryNotEmpty',
  'FileNotEmpty',
  'FileIsExecutable',
  'PathIsSymbolicLink',
] as const;
/** Of the host, and of paths that nobody can look up by name. */
const OTHERS = ['PathExistsGlob', 'Host', 'User'] as const;
type Check = (typeof CHECKS)[number] | (typeof OTHERS)[number];
/** Who runs the manager of system services (systemd.unit(5), ConditionUser=). */
const MANAGER: readonly string[] = ['root', '0', '@system'];
type Answer = 'holds' | 'fails' | 'unknown';

/**
 * The conditions on paths of a unit; an empty value of any of them takes back all before it.
 *
 * @param kind - `Assert` for assertions
 * @internal
 */
export function pathConditions(
  sections: readonly SystemdSection[],
  kind: 'Condition' | 'Assert',
): readonly Condition[] {
  return conditions(sections, kind, CHECKS);
}

function conditions(
  sections: readonly SystemdSection[],
  kind: 'Condition' | 'Assert',
  checks: readonly Check[],
): readonly Condition[] {
  return checks.flatMap((check) => {
    const directive = `${kind}${check}`;
    const values = assignedValues(sections, directive, 'Unit');
    return values
      .slice(values.lastIndexOf('') + 1)
      .map((value) => ({ directive, value, path: value.replace(/^[|!\s]+/, '') }));
  });
}

/**
 * The first condition that keeps the unit from being started: one that fails, or a triggering one (`|`) where none holds
 * (systemd.unit(5), "Conditions and Asserts").
 *
 * @internal
 */
export function unmetCondition(
  sections: readonly SystemdSection[],
  kind: 'Condition' | 'Assert',
  access: Access,
  facts: ConditionFacts,
): Condition | undefined {
  const checks = [...CHECKS, ...OTHERS];
  const answers = conditions(sections, kind, checks).map((condition) => {
    const check = checks.find((name) => condition.directive === `${kind}${name}`) ?? 'PathExists';
    const answer = ask(check, condition.path, access, facts);
    return { condition, answer: condition.value.includes('!') ? opposite(answer) : answer };
  });
  const plain = answers.find(
    ({ condition, answer }) => !condition.value.startsWith('|') && answer === 'fails',
  );
  if (plain !== undefined) return plain.condition;
  const triggering = answers.filter(({ condition }) => condition.value.startsWith('|'));
  return triggering.every(({ answer }) => answer === 'fails') ? triggering[0]?.condition : undefined;
}

function ask(check: Check, path: string, { stateOf }: Access, facts: ConditionFacts): Answer {
  if (check === 'User') return answerOf(MANAGER.includes(path));
  if (check === 'Host') return answerOf(facts.isCalled(path));
  if (check === 'PathExistsGlob') return answerOf(facts.isAnyLike(path));
  const state = stateOf(path);
  if (state.type === 'unseen') return 'unknown';
  if (state.type === 'absent') return 'fails';
  if (check === 'PathExists') return 'holds';
  if (check === 'PathIsDirectory') return state.type === 'directory' ? 'holds' : 'fails';
  if (check === 'FileIsExecutable')
    return state.type === 'file' && ((state.mode ?? 0o111) & 0o111) !== 0 ? 'holds' : 'fails';
  if (check === 'PathIsSymbolicLink') return answerOf(facts.isLink(path));
  const wanted = check === 'FileNotEmpty' ? 'file' : 'directory';
  if (state.type !== wanted) return 'fails';
  return opposite(answerOf(facts.isEmpty(path)));
}

function answerOf(holds: boolean | undefined): Answer {
  return holds === undefined ? 'unknown' : holds ? 'holds' : 'fails';
}

function opposite(answer: Answer): Answer {
  return answer === 'unknown' ? answer : answer === 'holds' ? 'fails' : 'holds';
}
