import { trimEnd } from '../text/trim-end.js';
/**
 * A wording in pieces: texts at even places, names of values at odd ones.
 *
 * @internal
 */
export interface Template {
  readonly pieces: readonly string[];
}

/** Longer values are cut: nothing that etcd names is that long. */
const MAX_VALUE = 400;
const PLACEHOLDER = /\{([a-z-]+)\}/;
/** What ends a value that no text follows. */
const WORD = /^[^\s"'`,;)}\]]+/;
const BEFORE_WORD = /[\s"'`,;({[=]/;

/** @internal */
export function parseTemplate(text: string): Template {
  return { pieces: text.split(PLACEHOLDER) };
}

/**
 * Looks for a wording in a text. Each value ends where the next text of the wording begins, so that the time it takes grows with the
 * length of the text alone.
 *
 * @returns the values by name, or undefined where the text does not hold it
 * @internal
 */
export function matchTemplate({ pieces }: Template, text: string): ReadonlyMap<string, string> | undefined {
  const [first = '', ...rest] = pieces;
  const second = rest[1] ?? '';
  if (!text.includes(first) || (second !== '' && !text.includes(second))) return undefined;
  const values = new Map<string, string>();
  let end = startOf(text, first, second);
  if (end < 0) return undefined;
  for (let index = 0; index < rest.length; index += 2) {
    const [name = '', literal = ''] = [rest[index], rest[index + 1]];
    if (literal === '') {
      values.set(name, trimEnd(WORD.exec(text.slice(end, end + MAX_VALUE))?.[0] ?? '', '.:'));
      continue;
    }
    const at = text.indexOf(literal, end);
    if (at < 0) return undefined;
    const value =
      index === 0 && first === ''
        ? lastWord(text.slice(0, at))
        : text.slice(end, Math.min(at, end + MAX_VALUE));
    values.set(name, value);
    end = at + literal.length;
  }
  return values;
}

/**
 * Puts values into a text; parts in double brackets whose values are not all known are left out.
 *
 * @internal
 */
export function fillTemplate(text: string, values: ReadonlyMap<string, string>): string {
  return fill(
    replaceParts(text, (part) =>
      namesIn(part).every((name) => (values.get(name) ?? '') !== '') ? part : '',
    ),
    values,
  );
}

/**
 * The text as a page shows it: values as `<name>`, optional parts in place.
 *
 * @internal
 */
export function describeTemplate(text: string): string {
  return replaceParts(text, (part) => part).replaceAll(/\{([a-z-]+)\}/g, '<$1>');
}

/** Where the values begin: just after the first literal, at its last occurrence before the second. */
function startOf(text: string, first: string, second: string): number {
  if (first === '') return 0;
  const start = text.indexOf(first);
  if (start < 0 || second === '') return start < 0 ? -1 : start + first.length;
  const next = text.indexOf(second, start + first.length);
  return next < 0 ? -1 : text.lastIndexOf(first, next - first.length) + first.length;
}

function lastWord(text: string): string {
  return text.slice(-MAX_VALUE).split(BEFORE_WORD).at(-1) ?? '';
}

/** Parts in double brackets. */
function replaceParts(text: string, replace: (part: string) => string): string {
  const [first = '', ...rest] = text.split('[[');
  const pieces = rest.map((piece) => {
    const end = piece.indexOf(']]');
    return end < 0 ? `[[${piece}` : replace(piece.slice(0, end)) + piece.slice(end + 2);
  });
  return first + pieces.join('');
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{([a-z-]+)\}/g)].map(([, name = '']) => name);
}

function fill(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{([a-z-]+)\}/g, (_, name: string) => values.get(name) || `<${name}>`);
}
