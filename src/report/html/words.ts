import { counted } from '../../text/counted.js';
import { escapeUnprintable } from '../../text/unprintable.js';
import { nearestTimeText } from '../../x509/time.js';
import { type Markup, markup } from './markup.js';

const SECONDS_PER_DAY = 86_400;
/** Values of a list that nobody reads to its end. */
const MAX_LISTED = 12;

/**
 * Whole days until an end: `365 days left`, `ended 3 days ago`.
 *
 * @internal
 */
export function daysText(end: number, at: number): string {
  if (at <= end) return `${counted(Math.floor((end - at) / SECONDS_PER_DAY), 'day')} left`;
  const past = Math.floor((at - end) / SECONDS_PER_DAY);
  return past === 0 ? 'ended within a day' : `ended ${counted(past, 'day')} ago`;
}

/**
 * How near an end is: what the style calls it, too. The last second still counts (RFC 5280, 4.1.2.5).
 *
 * @internal
 */
export function nearness(
  end: number,
  { at, horizon }: { readonly at: number; readonly horizon: number },
): 'ended' | 'soon' | 'later' {
  if (at > end) return 'ended';
  return end <= horizon ? 'soon' : 'later';
}

/**
 * As much of a text as there is room for in a picture.
 *
 * @param room - characters
 * @internal
 */
export function cut(text: string, room: number): string {
  const characters = [...escapeUnprintable(text)];
  return characters.length <= room ? characters.join('') : `${characters.slice(0, room - 1).join('')}…`;
}

/** @internal */
export function time(seconds: number): Markup {
  const text = nearestTimeText(seconds);
  return timeElement(text);
}

/**
 * @param text - RFC 3339
 * @internal
 */
export function timeElement(text: string): Markup {
  return markup`<time datetime="${text}">${text.replace('T', ' ').replace('Z', ' UTC')}</time>`;
}

/** @internal */
export function code(text: string): Markup {
  return markup`<code>${text}</code>`;
}

/**
 * The first of many values, as code, and how many more there are: in a line, as names are told.
 *
 * @internal
 */
export function codes(values: readonly string[], most: number = MAX_LISTED): Markup {
  const shown = values.slice(0, most);
  return markup`${shown.map((value, index) => markup`${index === 0 ? '' : ', '}<code>${value}</code>`)}${moreText(values, most)}`;
}

/**
 * The same, one below the other, as URLs are told.
 *
 * @internal
 */
export function codeLines(values: readonly string[]): Markup {
  const shown = values.slice(0, MAX_LISTED);
  const more = moreText(values, MAX_LISTED);
  return markup`<ul>${shown.map((value) => markup`<li><code>${value}</code></li>`)}${more === '' ? '' : markup`<li>${more}</li>`}</ul>`;
}

function moreText(values: readonly string[], most: number): string {
  const more = values.length - most;
  return more > 0 ? ` and ${more} more` : '';
}
