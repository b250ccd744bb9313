import { messageCatalogue } from './catalogue.js';
import type { KnownMessage, Wording } from './known-message.js';
import type { LogLine } from './log-line.js';
import { matchTemplate, parseTemplate, type Template } from './template.js';
import { makeTextIndex } from './text-index.js';
import { valuesOf } from './values.js';

/**
 * A message of the catalogue with the values of one line.
 *
 * @internal
 */
export interface Recognized {
  readonly message: KnownMessage;
  readonly values: ReadonlyMap<string, string>;
  /** The part of the line that says it. */
  readonly text: string;
}

/** @internal */
export type Recognizer = (line: LogLine) => Recognized | undefined;

interface Candidate {
  readonly message: KnownMessage;
  readonly wording: Wording;
  readonly template: Template;
  /** Its longest text without a value: a line without it is soon passed over. */
  readonly mark: string;
}

/** Characters, such as `has expired`. */
const SHORTEST_PART = 10;
const MESSAGES = messageCatalogue.flatMap(({ messages }) => messages);

/**
 * Prepares the catalogue for many lines.
 *
 * @internal
 */
export function makeRecognizer(): Recognizer {
  const candidates: readonly Candidate[] = MESSAGES.flatMap((message) =>
    message.wordings.map((wording) => {
      const template = parseTemplate(wording.text);
      return { message, wording, template, mark: longestText(template) };
    }),
  );
  const index = makeTextIndex(candidates.map(({ mark }) => mark));
  return (line) => {
    const all = line.segments.join('\n');
    for (const place of index(all)) {
      const candidate = candidates[place];
      if (candidate === undefined) continue;
      const { message, wording, template, mark } = candidate;
      if (!all.includes(mark) || (wording.role !== undefined && wording.role !== line.role)) continue;
      for (const text of line.segments) {
        const found = matchTemplate(template, text);
        if (found === undefined) continue;
        const { also } = wording;
        if (also !== undefined && !all.includes(also)) break;
        return { message, values: valuesOf(message, found, line), text };
      }
    }
    return undefined;
  };
}

/**
 * A message that its form tells, not its words.
 *
 * @internal
 */
export function recognizedByForm(id: string, text: string): Recognized | undefined {
  const message = MESSAGES.find((known) => known.id === id);
  return message === undefined ? undefined : { message, values: new Map(), text };
}

/**
 * Messages of which a text is a part, as people remember or quote them: `bad certificate`, `has expired`. One word is no part.
 *
 * @internal
 */
export function recognizePart(text: string): readonly Recognized[] {
  const part = text.trim().toLowerCase();
  if (!/\S\s+\S/.test(part) || part.length < SHORTEST_PART) return [];
  return MESSAGES.filter(({ wordings }) =>
    wordings.some((wording) => holdsWords(wording.text.toLowerCase(), part)),
  ).map((message) => ({ message, values: new Map<string, string>(), text }));
}

function holdsWords(text: string, part: string): boolean {
  const at = text.indexOf(part);
  const isWordAt = (index: number): boolean => /\w/.test(text.charAt(index));
  return at >= 0 && !isWordAt(at - 1) && !isWordAt(at + part.length);
}

function longestText({ pieces }: Template): string {
  const texts = pieces.filter((_, index) => index % 2 === 0);
  return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}
