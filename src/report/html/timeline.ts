import type { CertificateFacts, ReportFacts } from '../facts/facts.js';
import { type Markup, type MarkupPart, markup } from './markup.js';
import { table } from './table.js';
import { timelinePicture } from './timeline-picture.js';
import { codes, daysText, nearness, time } from './words.js';

/**
 * What ends when, the first to end first: a picture, and all of it in a table.
 *
 * @internal
 */
export function timeline(facts: ReportFacts): Markup {
  const { certificates, at } = facts;
  if (certificates.length === 0)
    return markup`<p>Nothing that ends was found.</p>
`;
  const rows = certificates.map((certificate): readonly MarkupPart[] => [
    markup`<a href="#certificate-${certificate.fingerprint}"><code>${certificate.subject === '' ? 'no subject' : certificate.subject}</code></a>`,
    useOf(certificate),
    codes(holdersOf(certificate)),
    time(certificate.notAfter),
    markup`<span class="${nearness(certificate.notAfter, facts)}">${daysText(certificate.notAfter, at)}</span>`,
  ]);
  return markup`${timelinePicture(facts)}${table(
    'ends',
    'Certificates, the first to end first',
    [
      { title: 'Subject', look: 'wide' },
      { title: 'Use' },
      { title: 'Held on' },
      { title: 'Last second', look: 'whole' },
      { title: 'Left', look: 'whole' },
    ],
    [{ rows }],
  )}`;
}

/** @internal */
export function useOf({ isAuthority, roles }: CertificateFacts): string {
  return isAuthority ? 'authority' : roles.join(', ') || 'none found';
}

/** @internal */
export function holdersOf({ places }: CertificateFacts): readonly string[] {
  return [...new Set(places.map(({ host }) => host))];
}
