import { counted } from '../../text/counted.js';
import { listed } from '../../verify/group-findings.js';
import { daysSinceEpoch, nearestTimeText } from '../../x509/time.js';
import type { CertificateFacts, ReportFacts } from '../facts/facts.js';
import { type Markup, markup } from './markup.js';
import { cut, daysText, nearness } from './words.js';

const DAY = 86_400;
const WIDTH = 960;
/** Where the bars begin and end; labels lie on the left, dates on the right. */
const LEFT = 276;
const RIGHT = 716;
const ROW = 30;
const HEAD = 34;
const FOOT = 30;
const MAX_ROWS = 20;
/** Characters of a label. */
const ROOM = 36;
/** A CA of 100 years leaves no room for what ends next year. */
const MAX_SPAN = 15 * 366 * DAY;
/** What lies before the moment of the report and is shown. */
const MAX_BEFORE = 400 * DAY;
/** Lines from top to bottom. */
const MAX_TICKS = 9;

/** Certificates of one use that begin and end together. */
interface Bar {
  readonly label: string;
  readonly isAuthority: boolean;
  readonly notBefore: number;
  readonly notAfter: number;
}

interface Axis {
  readonly from: number;
  readonly to: number;
  readonly x: (time: number) => number;
}

/**
 * A picture of what ends when, those together that end together.
 *
 * @internal
 */
export function timelinePicture(facts: ReportFacts): Markup {
  const all = barsOf(facts.certificates);
  const bars = all.slice(0, MAX_ROWS);
  const more = all.length - bars.length;
  const axis = axisOf(bars, facts.at);
  const bottom = HEAD + bars.length * ROW;
  const height = bottom + FOOT + (more > 0 ? ROW : 0);
  const now = axis.x(facts.at);
  return markup`<figure>
<div class="scroll" role="region" tabindex="0" aria-label="Picture of what ends when">
<svg role="img" aria-labelledby="timeline-title timeline-text" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">
<title id="timeline-title">What ends when</title>
<desc id="timeline-text">${described(bars, facts.at)}</desc>
${ticksOf(axis).map(
  ({
    at,
    text,
  }) => markup`<path class="rule" d="M${axis.x(at)} ${HEAD - 6}V${bottom}"/><text class="quiet" text-anchor="middle" x="${axis.x(at)}" y="16">${text}</text>
`,
)}<path class="now" d="M${now} ${HEAD - 6}V${bottom + 4}"/><text class="now-text" text-anchor="${now < LEFT + 90 ? 'start' : 'middle'}" x="${now}" y="${bottom + 20}">${nearestTimeText(facts.at).slice(0, 10)}, this report</text>
${bars.map((bar, row) => barRow(bar, HEAD + row * ROW, axis, facts))}${
  more > 0
    ? markup`<text class="quiet" x="0" y="${height - 8}">and ${more} more, all in the table below</text>
`
    : ''
}</svg>
</div>
<figcaption>Each bar is the time for which certificates are valid. What has ended is dashed; what ends soon says so in the table below.</figcaption>
</figure>
`;
}

function barRow(bar: Bar, y: number, axis: Axis, facts: ReportFacts): Markup {
  const near = nearness(bar.notAfter, facts);
  const [start, end] = [axis.x(bar.notBefore), axis.x(bar.notAfter)];
  const text = `${nearestTimeText(bar.notAfter).slice(0, 10)} · ${daysText(bar.notAfter, facts.at)}`;
  return markup`<text x="0" y="${y + 19}">${cut(bar.label, ROOM)}</text><rect class="bar ${near}${bar.isAuthority ? ' authority' : ''}" x="${start}" y="${y + 8}" width="${Math.max(3, round(end - start))}" height="14" rx="3"/><text class="${near === 'later' ? 'quiet' : near}" x="${RIGHT + 24}" y="${y + 19}">${text}</text>
`;
}

function barsOf(certificates: readonly CertificateFacts[]): readonly Bar[] {
  const groups = new Map<string, { readonly first: CertificateFacts; readonly hosts: Set<string> }>();
  for (const certificate of certificates) {
    const { isAuthority, roles, subject, notBefore, notAfter, fingerprint } = certificate;
    const own = isAuthority ? fingerprint : roles.length > 0 ? roles.join() : subject;
    const key = JSON.stringify([own, isAuthority, notBefore, notAfter]);
    const group = groups.get(key) ?? { first: certificate, hosts: new Set() };
    groups.set(key, group);
    for (const { host } of certificate.places) group.hosts.add(host);
  }
  return [...groups.values()].map(({ first, hosts }) => ({
    label: first.isAuthority
      ? `authority ${first.subject}`
      : `${first.roles.join(', ') || first.subject}: ${listed([...hosts], ROOM / 2)}`,
    isAuthority: first.isAuthority,
    notBefore: first.notBefore,
    notAfter: first.notAfter,
  }));
}

function axisOf(bars: readonly Bar[], at: number): Axis {
  let [first, last] = [at, at];
  for (const { notBefore, notAfter } of bars) {
    first = Math.min(first, notBefore);
    last = Math.max(last, notAfter);
  }
  const from = Math.max(first, at - MAX_BEFORE) - DAY;
  const to = Math.min(last, from + MAX_SPAN) + DAY;
  const x = (time: number): number =>
    round(LEFT + ((Math.min(Math.max(time, from), to) - from) / (to - from)) * (RIGHT - LEFT));
  return { from, to, x };
}

/** First days of years or, where there are not two of them, of months. */
function ticksOf({ from, to }: Axis): readonly { readonly at: number; readonly text: string }[] {
  const year = Number(nearestTimeText(from).slice(0, 4));
  const years = Array.from({ length: Math.ceil((to - from) / (365 * DAY)) + 2 }, (_, index) => year + index)
    .map((number) => ({ at: daysSinceEpoch(number, 1, 1) * DAY, text: String(number) }))
    .filter(({ at }) => at > from && at < to);
  if (years.length > 2) return thinned(years);
  const months = Array.from({ length: Math.ceil((to - from) / (28 * DAY)) + 12 }, (_, index) => index)
    .map((index) => {
      const [inYear, month] = [year + Math.floor(index / 12), (index % 12) + 1];
      return {
        at: daysSinceEpoch(inYear, month, 1) * DAY,
        text: `${inYear}-${String(month).padStart(2, '0')}`,
      };
    })
    .filter(({ at }) => at > from && at < to);
  return thinned(months, 7);
}

function thinned<T>(items: readonly T[], most: number = MAX_TICKS): readonly T[] {
  const step = Math.ceil(items.length / most);
  return items.filter((_, index) => index % step === 0);
}

/** What the picture shows, for those who do not see it. */
function described(bars: readonly Bar[], at: number): string {
  const [first, ...others] = bars;
  if (first === undefined) return '';
  const rest = others.length === 0 ? '' : ` ${counted(others.length, 'other bar')} behind it.`;
  return `The first to end: ${first.label}, ${nearestTimeText(first.notAfter)}, ${daysText(first.notAfter, at)}.${rest}`;
}

/** Hundredths are finer than any screen. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
