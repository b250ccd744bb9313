import type { LineGroup } from './line-group.js';
import type { LogLine } from './log-line.js';
import { readLogLines } from './read-log-line.js';
import type { Recognized, Recognizer } from './recognize.js';

/**
 * A line with what the catalogue knows of it.
 *
 * @internal
 */
export interface UnderstoodLine {
  readonly line: LogLine;
  /** From 1. */
  readonly number: number;
  readonly recognized: Recognized | undefined;
}

interface Joined {
  readonly count: number;
  readonly lines: readonly UnderstoodLine[];
}

/** A terminal breaks anywhere, a mail or a page between words. */
const JOINTS = ['', ' '] as const;
const MOST_JOINED = 6;
/** Longer lines are not wrapped by hand or by a terminal into few lines. */
const LONGEST_JOINED = 4_096;

/**
 * Reads a group of lines: each by itself, or several as one where together they say what none of them says alone.
 *
 * @internal
 */
export function readGroup(group: LineGroup, recognize: Recognizer): readonly UnderstoodLine[] {
  const { firstLine, lines } = group;
  const alone = lines.map((text, index) => understand(text, firstLine + index, recognize));
  if (lines.length === 1) return alone.flat();
  const understood: UnderstoodLine[] = [];
  let index = 0;
  while (index < lines.length) {
    const joined = isClear(alone[index] ?? []) ? undefined : joinFrom(index);
    for (const line of joined?.lines ?? alone[index] ?? []) understood.push(line);
    index += joined?.count ?? 1;
  }
  return understood;

  function joinFrom(start: number): Joined | undefined {
    let whole: Joined | undefined;
    const isOpen = (alone[start] ?? []).some(({ line }) => line.isCut);
    for (let count = 2; count <= MOST_JOINED && start + count <= lines.length; count += 1) {
      if (!isOpen && (alone[start + count - 1] ?? []).some(({ recognized }) => recognized !== undefined))
        return undefined;
      for (const joint of JOINTS) {
        const text = lines
          .slice(start, start + count)
          .map((line, index) => (index === 0 || joint === '' ? line : line.trimStart()))
          .join(joint);
        if (text.length > LONGEST_JOINED) return undefined;
        const joined = understand(text, firstLine + start, recognize);
        if (isClear(joined)) return { count, lines: joined };
        if (isOpen && isWhole(joined)) whole ??= { count, lines: joined };
      }
      if (whole !== undefined) return whole;
    }
    return undefined;
  }
}

function understand(text: string, number: number, recognize: Recognizer): readonly UnderstoodLine[] {
  return readLogLines(text).map((line) => ({ line, number, recognized: recognize(line) }));
}

/** It says what is wrong, not that something is. */
function isClear(lines: readonly UnderstoodLine[]): boolean {
  return lines.some(
    ({ recognized }) => recognized !== undefined && recognized.message.isConsequence !== true,
  );
}

function isWhole(lines: readonly UnderstoodLine[]): boolean {
  return lines.length > 0 && lines.every(({ line }) => !line.isCut && line.level !== undefined);
}
