import { readQuotedPrintable } from './quoted-printable.js';
import { type Respelling, type Units, unitAt, withoutUnseen } from './units.js';

/**
 * Another text that a text stands for.
 *
 * @internal
 */
export interface Respelt {
  readonly text: string;
  /** The unit of the former text that a character comes from. */
  readonly unitOf: (character: number) => number;
}

const ESCAPES = /\\[0-3xuU]|%[\da-fA-F]{2}|&#[\dxX]/g;
/** A key that was escaped twice has many. */
const MANY = 8;

/**
 * What a text may stand for as a whole: escapes that were escaped in their turn, letters that stand apart, quoted-printable text.
 *
 * @param units - of the text
 * @internal
 */
export function respellingsOf(text: string, { starts, text: resolved }: Units): readonly Respelt[] {
  const inText = [withoutUnseen(text), readQuotedPrintable(text)].flatMap((one) =>
    one === undefined ? [] : [respelt(one, (place) => unitAt(starts, place))],
  );
  if (resolved === text) return inText;
  const unseen = withoutUnseen(resolved);
  const quoted = readQuotedPrintable(resolved);
  return [
    ...(unseen === undefined ? [] : [respelt(unseen)]),
    ...(unseen === undefined && hasEscapes(resolved) ? [{ text: resolved, unitOf: itself }] : []),
    ...(quoted === undefined ? [] : [respelt(quoted)]),
    ...inText,
  ];
}

function respelt({ text, starts }: Respelling, unitOf: (place: number) => number = itself): Respelt {
  return { text, unitOf: (character) => unitOf(starts[character] ?? starts.at(-1) ?? 0) };
}

function itself(place: number): number {
  return place;
}

function hasEscapes(text: string): boolean {
  return (text.match(ESCAPES)?.length ?? 0) >= MANY;
}
