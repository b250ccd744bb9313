import type { SystemdSection } from '../../cluster-spec.js';
import { assignedValues } from '../../systemd/directive-values.js';
import type { Access } from './access.js';

/**
 * A condition on a path, or an assertion.
 *
 * @internal
 */
export interface PathCondition {
  readonly directive: string;
  readonly value: string;
  readonly path: string;
}

const CHECKS = [
  'PathExists',
  'PathIsDirectory',
  'DirectoryNotEmpty',
  'FileNotEmpty',
  'FileIsExecutable',
] as const;
type Check = (typeof CHECKS)[number];
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
): readonly PathCondition[] {
  return CHECKS.flatMap((check) => {
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
  isEmpty: (path: string) => boolean | undefined,
): PathCondition | undefined {
  const answers = pathConditions(sections, kind).map((condition) => {
    const check = CHECKS.find((name) => condition.directive === `${kind}${name}`) ?? 'PathExists';
    const answer = ask(check, condition.path, access, isEmpty);
    return { condition, answer: condition.value.includes('!') ? opposite(answer) : answer };
  });
  const plain = answers.find(
    ({ condition, answer }) => !condition.value.startsWith('|') && answer === 'fails',
  );
  if (plain !== undefined) return plain.condition;
  const triggering = answers.filter(({ condition }) => condition.value.startsWith('|'));
  return triggering.every(({ answer }) => answer === 'fails') ? triggering[0]?.condition : undefined;
}

function ask(
  check: Check,
  path: string,
  { stateOf }: Access,
  isEmpty: (path: string) => boolean | undefined,
): Answer {
  const state = stateOf(path);
  if (state.type === 'unseen') return 'unknown';
  if (state.type === 'absent') return 'fails';
  if (check === 'PathExists') return 'holds';
  if (check === 'PathIsDirectory') return state.type === 'directory' ? 'holds' : 'fails';
  if (check === 'FileIsExecutable')
    return state.type === 'file' && ((state.mode ?? 0o111) & 0o111) !== 0 ? 'holds' : 'fails';
  const wanted = check === 'FileNotEmpty' ? 'file' : 'directory';
  if (state.type !== wanted) return 'fails';
  const empty = isEmpty(path);
  return empty === undefined ? 'unknown' : empty ? 'fails' : 'holds';
}

function opposite(answer: Answer): Answer {
  return answer === 'unknown' ? answer : answer === 'holds' ? 'fails' : 'holds';
}
