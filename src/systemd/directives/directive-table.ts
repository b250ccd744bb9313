import { nearest } from '../../text/nearest.js';
import { SERVICE_SECTION } from './service-section.js';
import { INSTALL_SECTION, UNIT_SECTION } from './unit-section.js';

/**
 * What is done about a directive.
 *
 * @internal
 */
export type DirectiveUse = 'read' | 'harmless' | 'unjudged';

const USES: readonly DirectiveUse[] = ['read', 'harmless', 'unjudged'];
const SECTIONS = { Unit: UNIT_SECTION, Service: SERVICE_SECTION, Install: INSTALL_SECTION };

/**
 * Every directive of a service unit by section, of systemd 252 to 258 and under the older names that it still takes.
 *
 * @internal
 */
export const DIRECTIVES: ReadonlyMap<string, ReadonlyMap<string, DirectiveUse>> = new Map(
  Object.entries(SECTIONS).map(([section, lists]) => [
    section,
    new Map(USES.flatMap((use) => wordsOf(lists[use]).map((name): [string, DirectiveUse] => [name, use]))),
  ]),
);

/**
 * A directive that systemd passes over with a warning, and where or how it should stand.
 *
 * @internal
 */
export type UnknownDirective =
  | { readonly type: 'section'; readonly section: string }
  | { readonly type: 'misplaced'; readonly belongs: string }
  | { readonly type: 'misspelt'; readonly nearest: string | undefined };

/**
 * Why systemd passes over a directive; undefined where it takes it. What begins with `X-` is for other programs (systemd.unit(5)).
 *
 * @internal
 */
export function unknownDirective(section: string, name: string): UnknownDirective | undefined {
  if (section.startsWith('X-') || name.startsWith('X-')) return undefined;
  const own = DIRECTIVES.get(section);
  if (own === undefined) return { type: 'section', section };
  if (own.has(name)) return undefined;
  const belongs = [...DIRECTIVES].find(([, names]) => names.has(name))?.[0];
  if (belongs !== undefined) return { type: 'misplaced', belongs };
  return { type: 'misspelt', nearest: nearest(name, [...own.keys()]) };
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
