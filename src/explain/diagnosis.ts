import type { Manifest } from '../bundle/manifest/manifest.js';
import { type BundlePlace, locateInBundle } from './bundle-place.js';
import { watchElections } from './elections.js';
import { isHarmless, lifeSign } from './harmless.js';
import type { MessageLevel } from './known-message.js';
import { type LineGroup, startGrouping } from './line-group.js';
import type { LogLine } from './log-line.js';
import { readGroup, type UnderstoodLine } from './read-group.js';
import { makeRecognizer, type Recognized, recognizedByForm, recognizePart } from './recognize.js';
import { fillTemplate } from './template.js';

/**
 * A known message that was said, once however often.
 *
 * @public
 */
export interface Explanation {
  /** The id in the catalogue, such as `certificate-expired`. */
  readonly id: string;
  /** What comes of it. */
  readonly level: MessageLevel;
  /** A few words for what is the matter. */
  readonly title: string;
  /** What was said the first time; cut where it is long. */
  readonly message: string;
  /** Why etcd says it, in one or more sentences. */
  readonly cause: string;
  /** What to do about it. */
  readonly cure: string;
  /** File of the program's source that says it, RFC section, or issue. */
  readonly source: string;
  /** What the message names, by the placeholders of its wording: `wanted`, `address`. */
  readonly values: Readonly<Record<string, string>>;
  /** How many lines say it. */
  readonly count: number;
  /** Line numbers, from 1. */
  readonly firstLine: number;
  /** The last line that says it, from 1. */
  readonly lastLine: number;
  /** What it is about in the bundle that was given. */
  readonly places: readonly BundlePlace[];
  /** Another explanation's id, from which this message most likely follows. */
  readonly follows?: string;
}

/**
 * A warning or an error that the catalogue does not have.
 *
 * @public
 */
export interface UnknownMessage {
  /** The text of the line, without its prefix. */
  readonly message: string;
  /** How many lines have this text. */
  readonly count: number;
  /** From 1. */
  readonly firstLine: number;
  /** From 1. */
  readonly lastLine: number;
}

/**
 * What a journal says.
 *
 * @public
 */
export interface Diagnosis {
  /** The worst first, then in the order of the lines; what follows from another message after it, notices last. */
  readonly explanations: readonly Explanation[];
  /** What the catalogue does not have, each text once, in the order of the lines. */
  readonly unknown: readonly UnknownMessage[];
  /** Lines that were read. */
  readonly lines: number;
}

/**
 * A diagnosis under way, fed line by line.
 *
 * @public
 */
export interface Diagnosing {
  /** One line, without its line break. */
  readonly take: (line: string) => void;
  /** What the lines come to. With a manifest, addresses and serial numbers get the names that it has for them. */
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
/** What members and clients say of a member that is stopping, and of its own gateway. */
const AROUND_A_STOP = new Set([
  'connection-refused',
  'peer-unreachable',
  'connection-closed',
  'peer-inactive',
  'client-call-failed',
  'publish-timeout',
  'deadline-exceeded',
]);
/** A line without a level that tells of a failure all the same. */
const FAILURE =
  /\b(?:errors?|fail(?:ed|ure)?|fatal|panic|refused|denied|cannot|can't|could ?n[o']t|unable|invalid|unknown|unsupported|timed out)\b/i;

/**
 * Explains a message, or several lines of them.
 *
 * @param manifest - of the bundle that the cluster was made from, to name its files
 * @example
 * ```ts
 * const { explanations } = explainMessage('tls: failed to verify certificate: x509: certificate has expired or is not yet valid');
 * for (const { cause, cure } of explanations) console.log(cause, cure);
 * ```
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
 * @example
 * ```ts
 * const diagnosis = startDiagnosis();
 * for await (const line of createInterface({ input: process.stdin })) diagnosis.take(line);
 * const { explanations, unknown } = diagnosis.finish();
 * ```
 * @public
 */
export function startDiagnosis(): Diagnosing {
  const recognize = makeRecognizer();
  const known = new Map<string, Occurrence>();
  const variants = new Map<string, number>();
  const unknown = new Map<string, Count>();
  const plain = new Map<string, Count>();
  const elections = watchElections();
  let lines = 0;
  let hasLevels = false;
  let isStopping = false;

  const takeGroup = (group: LineGroup): void => {
    for (const line of readGroup(group, recognize)) takeLine(line);
  };

  const takeLine = ({ line, number, recognized }: UnderstoodLine): void => {
    const [text = ''] = line.segments;
    if (line.level !== undefined || isHarmless(text)) hasLevels = true;
    const isElection = elections.take(text, number);
    const sign = lifeSign(text);
    if (sign !== undefined) isStopping = sign === 'stops';
    if (line.segments.length === 0 || line.level === 'debug') return;
    if (recognized !== undefined) note(duringStop(recognized), number);
    else if (line.isCut && (line.level !== 'info' || FAILURE.test(text) || text.includes('rejected ')))
      note(recognizedByForm('line-cut', unknownText(line)), number);
    else if (line.level !== 'info' && !isHarmless(text) && !isElection)
      tally(line.level === undefined ? plain : unknown, unknownText(line), number);
  };

  const duringStop = (recognized: Recognized): Recognized | undefined =>
    isStopping && AROUND_A_STOP.has(recognized.message.id)
      ? recognizedByForm('stopped', recognized.text)
      : recognized;

  const note = (recognized: Recognized | undefined, line: number): void => {
    if (recognized === undefined) return;
    const { id } = recognized.message;
    const key = `${id}\0${fillTemplate(recognized.message.cause, withoutTime(recognized.values))}`;
    const count = variants.get(id) ?? 0;
    const seen = known.get(key) ?? (count >= MAX_VARIANTS ? known.get(id) : undefined);
    if (seen !== undefined) {
      seen.count += 1;
      seen.lastLine = line;
      return;
    }
    variants.set(id, count + 1);
    const last = count === MAX_VARIANTS;
    known.set(last ? id : key, { recognized, count: 1, firstLine: line, lastLine: line });
  };

  /** One election is worth a word only where there is nothing else to say. */
  const noteElections = (): void => {
    const open = elections.open();
    if (open === undefined) return;
    const { id, text, ...count } = open;
    if (id === 'election-started' && (known.size > 0 || unknown.size > 0)) return;
    const recognized = recognizedByForm(id, text);
    if (recognized !== undefined) known.set(id, { recognized, ...count });
  };

  /** Where nothing looks like a journal, somebody typed what they read: a part of a message will do. */
  const takeParts = (): void => {
    for (const [message, count] of plain) {
      const parts = recognizePart(message);
      for (const recognized of parts)
        known.set(`${recognized.message.id}\0${message}`, { recognized, ...count });
      if (parts.length === 0 && (plain.size === 1 || FAILURE.test(message))) unknown.set(message, count);
    }
    const [first] = plain;
    if (first !== undefined && known.size === 0 && unknown.size === 0) unknown.set(...first);
  };

  const grouping = startGrouping(takeGroup);
  return {
    take: (text) => {
      lines += 1;
      grouping.take(text);
    },
    finish: (manifest) => {
      grouping.finish();
      noteElections();
      if (known.size === 0 && unknown.size === 0 && !hasLevels) takeParts();
      return {
        explanations: inOrder([...known.values()].map((occurrence) => explanationOf(occurrence, manifest))),
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

  /** The root before what follows from it: a warning that says why stands before the error that it led to. */
  function inOrder(explanations: readonly Explanation[]): readonly Explanation[] {
    const consequences = new Set(
      [...known.values()].flatMap(({ recognized: { message } }) =>
        message.isConsequence === true ? [message.id] : [],
      ),
    );
    const rank = ({ id, level }: Explanation): number => {
      if (level === 'notice') return 2;
      return consequences.has(id) ? 1 : 0;
    };
    const sorted = [...explanations].sort((a, b) => rank(a) - rank(b) || worstFirst(a, b));
    const root = sorted.find((explanation) => rank(explanation) === 0)?.id;
    return sorted.map((explanation) =>
      root !== undefined && rank(explanation) === 1 ? { ...explanation, follows: root } : explanation,
    );
  }
}

/** The time of the line makes no other message of it. */
function withoutTime(values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...values].filter(([name]) => name !== 'now' && name !== 'span'));
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
