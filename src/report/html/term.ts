import { type Markup, type MarkupPart, markup } from './markup.js';

/**
 * An entry of a description list.
 *
 * @internal
 */
export function term(name: string, value: MarkupPart): Markup {
  return markup`<dt>${name}</dt><dd>${value}</dd>
`;
}
