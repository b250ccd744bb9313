import type { CertificateFacts, PlaceFacts, ReportFacts } from '../facts/facts.js';
import { type Markup, markup } from './markup.js';
import { term } from './term.js';
import { code, codes, daysText, nearness, time } from './words.js';

/**
 * Each certificate with all that it says, and the files that hold it.
 *
 * @internal
 */
export function certificates(facts: ReportFacts): Markup {
  if (facts.certificates.length === 0)
    return markup`<p>None was found.</p>
`;
  return markup`${facts.certificates.map((certificate) => article(certificate, facts))}`;
}

function article(certificate: CertificateFacts, facts: ReportFacts): Markup {
  const { fingerprint, subject, isAuthority, roles, places, altNames, keyUsage, extendedKeyUsage, notAfter } =
    certificate;
  const what = isAuthority ? 'authority' : roles.join(', ') || 'used by nothing that was found';
  const near = nearness(notAfter, facts);
  const terms = [
    term('Names', altNames.length === 0 ? 'none' : codes(altNames, altNames.length)),
    term('Issuer', code(certificate.issuer)),
    term('Serial number', code(certificate.serialNumber)),
    term('SHA-256 fingerprint', code(fingerprint)),
    term('Key', code(certificate.key)),
    term('Key usage', keyUsage.join(', ') || 'any'),
    term('Extended key usage', extendedKeyUsage.join(', ') || 'any'),
    term('Valid from', time(certificate.notBefore)),
    term(
      'Valid until',
      markup`${time(notAfter)}, <span class="${near}">${daysText(notAfter, facts.at)}</span>`,
    ),
    term('Held as', markup`<ul>${places.map(place)}</ul>`),
  ];
  return markup`<article${places.length > MANY ? markup` class="long"` : ''} id="certificate-${fingerprint}">
<h3>${code(subject === '' ? 'no subject' : subject)} <span class="quiet">${what}</span></h3>
<dl>
${terms}</dl>
</article>
`;
}

/** Places that fill more than a printed page. */
const MANY = 20;

function place({ host, path, what, mode, owner }: PlaceFacts): Markup {
  const access = [mode, owner].filter((text) => text !== '').join(' ');
  return markup`<li>${what} <code>${path}</code> on <code>${host}</code>${access === '' ? '' : markup`, <code>${access}</code>`}</li>`;
}
