import type { Manifest } from '../bundle/manifest/manifest.js';
import { type BundlePlace, locateInBundle } from './bundle-place.js';
import type { MessageLevel } from './known-message.js';
import { type LogLine, readLogLine } from './log-line.js';
import { makeRecognizer, type Recognized, recognizePart } from './recognize.js';
import { fillTemplate } from './template.js';

/**
 * A known message that was said, once however often.
 *
 * @public
 */
export interface Explanation {
  /** The id in the catalogue, such as `certificate-expired`. */
  readonly id: string;
  readonly level: MessageLevel;
  readonly title: string;
  /** What was said the first time; cut where it is long. */
  readonly message: string;
  readonly cause: string;
  readonly cure: string;
  readonly source: string;
  readonly values: Readonly<Record<string, string>>;
  readonly count: number;
  /** Line numbers, from 1. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** What it is about in the bundle that was given. */
  readonly places: readonly BundlePlace[];
}

/**
 * A warning or an error that the catalogue does not have.
 *
 * @public
 */
export interface UnknownMessage {
  readonly message: string;
  readonly count: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** @public */
export interface Diagnosis {
  /** The worst first, then in the order of the lines. */
  readonly explanations: readonly Explanation[];
  readonly unknown: readonly UnknownMessage[];
  /** Lines that were read. */
  readonly lines: number;
}

/** @public */
export interface Diagnosing {
  readonly take: (line: string) => void;
  readonly finish: (manifest?: Manifest) => Diagnosis;
}

interface Count {
  count: number;
  readonly firstLine: number;
  lastLine: number;
}

interface Occurrence extends Count {
  readonly recognized: Recognized;
}

const LEVELS: readonly MessageLevel[] = ['error', 'warning', 'notice'];
/** Of one message, with different values. */
const MAX_VARIANTS = 20;
const MAX_UNKNOWN = 100;
const MAX_MESSAGE = 600;

/**
 * Explains a message, or several lines of them.
 *
 * @param manifest - of the bundle that the cluster was made from, to name its files
 * @public
 */
export function explainMessage(text: string, manifest?: Manifest): Diagnosis {
  const diagnosing = startDiagnosis();
  for (const line of text.split('\n')) diagnosing.take(line);
  return diagnosing.finish(manifest);
}

/**
 * Takes lines one after the other, in memory that does not grow with their number. Unknown lines that are not warnings are skipped,
 * unless there is nothing else.
 *
 * @public
 */
export function startDiagnosis(): Diagnosing {
  const recognize = makeRecognizer();
  const known = new Map<string, Occurrence>();
  const variants = new Map<string, number>();
  const unknown = new Map<string, Count>();
  const plain = new Map<string, Count>();
  let lines = 0;
  let hasLevels = false;

  const take = (text: string): void => {
    lines += 1;
    const line = readLogLine(text);
    if (line.level !== undefined) hasLevels = true;
    if (line.segments.length === 0 || line.level === 'debug') return;
    const recognized = recognize(line);
    if (recognized !== undefined) {
      note(recognized);
      return;
    }
    if (line.level === 'info') return;
    tally(line.level === undefined ? plain : unknown, unknownText(line), lines);
  };

  const note = (recognized: Recognized): void => {
    const { id } = recognized.message;
    const key = `${id}\0${fillTemplate(recognized.message.cause, withoutTime(recognized.values))}`;
    const count = variants.get(id) ?? 0;
    const seen = known.get(key) ?? (count >= MAX_VARIANTS ? known.get(id) : undefined);
    if (seen !== undefined) {
      seen.count += 1;
      seen.lastLine = lines;
      return;
    }
    variants.set(id, count + 1);
    const last = count === MAX_VARIANTS;
    known.set(last ? id : key, { recognized, count: 1, firstLine: lines, lastLine: lines });
  };

  /** Where nothing looks like a journal, somebody typed what they read: a part of a message will do. */
  const takeParts = (): void => {
    for (const [message, count] of plain) {
      const parts = recognizePart(message);
      for (const recognized of parts)
        known.set(`${recognized.message.id}\0${message}`, { recognized, ...count });
      if (parts.length === 0) unknown.set(message, count);
    }
  };

  return {
    take,
    finish: (manifest) => {
      if (known.size === 0 && unknown.size === 0 && !hasLevels) takeParts();
      return {
        explanations: [...known.values()]
          .map((occurrence) => explanationOf(occurrence, manifest))
          .sort(worstFirst),
        unknown: [...unknown].map(([message, { count, firstLine, lastLine }]) => ({
          message,
          count,
          firstLine,
          lastLine,
        })),
        lines,
      };
    },
  };
}

/** The time of the line makes no other message of it. */
function withoutTime(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...values].filter(([name]) => name !== 'now'));
}

function tally(counts: Map<string, Count>, message: string, line: number): void {
  const seen = counts.get(message);
  if (seen !== undefined) {
    seen.count += 1;
    seen.lastLine = line;
  } else if (counts.size < MAX_UNKNOWN) {
    counts.set(message, { count: 1, firstLine: line, lastLine: line });
  }
}

function explanationOf(
  { recognized, count, firstLine, lastLine }: Occurrence,
  manifest: Manifest | undefined,
): Explanation {
  const { message, values, text } = recognized;
  return {
    id: message.id,
    level: message.level,
    title: message.title,
    message: cut(text),
    cause: fillTemplate(message.cause, values),
    cure: fillTemplate(message.cure, values),
    source: message.source,
    values: Object.fromEntries(values),
    count,
    firstLine,
    lastLine,
    places: manifest === undefined ? [] : locateInBundle(values, manifest),
  };
}

function worstFirst(a: Explanation, b: Explanation): number {
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.firstLine - b.firstLine;
}

/** The message and its error; other values of the line differ from one time to the next. */
function unknownText({ segments, fields }: LogLine): string {
  const said = [fields.get('msg') ?? segments[0] ?? '', fields.get('error') ?? ''];
  return cut(said.filter((text) => text.trim() !== '').join(': '));
}

function cut(text: string): string {
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}
