import type { Finding } from './finding.js';

/**
 * One thing that was found, at all the places where it was.
 *
 * @internal
 */
export interface FindingGroup {
  /** The first of them, with the words of all in its message and cure. */
  readonly finding: Finding;
  /** Each once, in the order of the findings. */
  readonly members: readonly string[];
  readonly paths: readonly string[];
}

/** What differs from place to place in one and the same message. */
const VARYING =
  /(?:https?|unixs?):\/\/[^\s,;"]+[^\s,;".:]|(?<![\w/])\/[\w@./+-]*[\w@+-]|CN=[^\s,]+(?:,[A-Z]+=[^\s,]+)*|\d{4}-\d\d-\d\dT[\d:]+Z|\b\d+(?= days)/g;
/** Values that are listed in one place. */
const SHOWN = 3;

/**
 * Puts findings together that say the same of several hosts and files. An error is the same only where it differs in no more than
 * member and path.
 *
 * @internal
 */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.level, ...patternOf(finding)]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(finding);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        finding: {
          ...first,
          message: joined(group, ({ message }) => message, ', '),
          cure: joined(group, ({ cure }) => cure, ' '),
        },
        members: distinct(group.map(({ member }) => member)),
        paths: distinct(group.map(({ path }) => path)),
      },
    ];
  });
}

function patternOf(finding: Finding): readonly string[] {
  return [finding.message, finding.cure].map((text) =>
    partsOf(text, finding)
      .map(({ text: part, varies }) => (varies ? '\0' : part))
      .join(''),
  );
}

interface Part {
  readonly text: string;
  readonly varies: boolean;
}

function partsOf(text: string, { level, member, path }: Finding): readonly Part[] {
  const own = [path, member].filter((value) => value.length > 1).map(escaped);
  const pattern = new RegExp(
    [
      ...own.map((value) => `(?<![\\w/.-])${value}(?![\\w/-])`),
      ...(level === 'error' ? [] : [VARYING.source]),
    ].join('|') || '(?!)',
    'g',
  );
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push({ text: text.slice(at, match.index), varies: false }, { text: match[0], varies: true });
    at = match.index + match[0].length;
  }
  return [...parts, { text: text.slice(at), varies: false }];
}

/** The words of all: where they differ, each of their values. */
function joined(group: readonly Finding[], textOf: (finding: Finding) => string, separator: string): string {
  const all = group.map((finding) => partsOf(textOf(finding), finding));
  return (all[0] ?? [])
    .map(({ text, varies }, index) => {
      if (!varies) return text;
      const values = distinct(all.map((parts) => parts[index]?.text ?? ''));
      // A command has to have them all.
      return separator === ' ' ? values.join(' ') : listed(values);
    })
    .join('');
}

/**
 * A few values, and how many more there are.
 *
 * @param width - characters that the first ones may fill together
 * @internal
 */
export function listed(values: readonly string[], width: number = Number.POSITIVE_INFINITY): string {
  const first = values.slice(0, SHOWN);
  while (first.length > 1 && first.join(', ').length > width) first.pop();
  const more = values.length - first.length;
  return more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ');
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
