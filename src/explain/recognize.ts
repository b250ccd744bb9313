import { messageCatalogue } from './catalogue.js';
import type { KnownMessage, Wording } from './known-message.js';
import type { LogLine } from './log-line.js';
import { matchTemplate, parseTemplate, type Template } from './template.js';

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
/** Fields of a line that the texts of the catalogue may name. */
const FIELDS = ['environment-variable', 'filename', 'data-dir', 'dir', 'address', 'listen-address'];

/**
 * Prepares the catalogue for many lines.
 *
 * @internal
 */
export function makeRecognizer(): Recognizer {
  const candidates: readonly Candidate[] = messageCatalogue.flatMap(({ messages }) =>
    messages.flatMap((message) =>
      message.wordings.map((wording) => {
        const template = parseTemplate(wording.text);
        return { message, wording, template, mark: longestText(template) };
      }),
    ),
  );
  return (line) => {
    const all = line.segments.join('\n');
    for (const { message, wording, template, mark } of candidates) {
      if (!all.includes(mark) || (wording.role !== undefined && wording.role !== line.role)) continue;
      for (const text of line.segments) {
        const found = matchTemplate(template, text);
        if (found === undefined) continue;
        const { also } = wording;
        if (also !== undefined && !all.includes(also)) break;
        return { message, values: valuesOf(found, line), text };
      }
    }
    return undefined;
  };
}

/**
 * Messages of which a text is a part, as people remember or quote them: `bad certificate`, `has expired`. A single word is too
 * little.
 *
 * @internal
 */
export function recognizePart(text: string): readonly Recognized[] {
  const part = text.trim().toLowerCase();
  if (!/\S\s+\S/.test(part) || part.length < SHORTEST_PART) return [];
  return messageCatalogue.flatMap(({ messages }) =>
    messages
      .filter(({ wordings }) => wordings.some((wording) => holdsWords(wording.text.toLowerCase(), part)))
      .map((message) => ({ message, values: new Map<string, string>(), text })),
  );
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

function valuesOf(
  found: ReadonlyMap<string, string>,
  { fields, role, segments }: LogLine,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const name of FIELDS) {
    const value = fields.get(name);
    if (value !== undefined) values.set(name, value);
  }
  for (const [name, value] of found) values.set(name, value);
  // A variable's value may be a secret.
  const variable = values.get('environment-variable');
  if (variable !== undefined) values.set('environment-variable', variable.split('=')[0] ?? '');
  const remote = withoutPort(fields.get('remote-addr') ?? '');
  if (remote !== '') values.set('remote', remote);
  values.set('whose', whoseOf(role, remote));
  values.set('usage', usageOf(role));
  values.set('trust-flag', trustFlagOf(segments));
  return values;
}

function whoseOf(role: LogLine['role'], remote: string): string {
  if (role === 'incoming')
    return remote === '' ? 'of the connecting side' : `that was presented from ${remote}`;
  return role === 'outgoing' ? 'of the side that was dialled' : 'that was presented';
}

function usageOf(role: LogLine['role']): string {
  if (role === undefined)
    return 'the required usage: clientAuth where it connects, serverAuth where it listens';
  return role === 'incoming' ? 'clientAuth' : 'serverAuth';
}

/** The listener is named from 3.5.15 and 3.6.0 on. */
function trustFlagOf([message = '']: readonly string[]): string {
  if (message.includes('peer endpoint')) return '--peer-trusted-ca-file';
  return message.includes('client endpoint')
    ? '--trusted-ca-file'
    : '--trusted-ca-file or --peer-trusted-ca-file';
}

/** A client's port is another one every time. */
function withoutPort(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}
