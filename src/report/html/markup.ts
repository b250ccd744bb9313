import { escapeUnprintable } from '../../text/unprintable.js';

/**
 * HTML that is made by {@link markup} alone, so that no text of a host becomes a part of it without being escaped.
 *
 * @internal
 */
export type Markup = TrustedMarkup;

/** What may stand between the pieces of a template: a text stands for itself, and a list for its items one after the other. */
export type MarkupPart = Markup | string | number | readonly MarkupPart[];

class TrustedMarkup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Puts HTML together. A value stands as text, between tags and in quoted attributes alike (HTML Living Standard, 13.3, Serializing); what
 * would be invisible or turn the direction of text stands as an escape, as on a terminal.
 *
 * @internal
 */
export function markup(pieces: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  const [first = '', ...rest] = pieces;
  return new TrustedMarkup(
    rest.reduce((text, piece, index) => text + textOf(parts[index] ?? '') + piece, first),
  );
}

function textOf(part: MarkupPart): string {
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part instanceof TrustedMarkup ? part.text : part.map(textOf).join('');
}

function escapeHtml(text: string): string {
  return escapeUnprintable(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
