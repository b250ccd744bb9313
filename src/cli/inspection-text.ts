import type { InspectedCertificate, InspectedFile, Inspection } from '../node/inspect/inspect.js';
import type { DatedCertificate } from '../node/json/inspection.js';
import { escapeUnprintable } from '../text/unprintable.js';
import { renderTable } from './table.js';
import type { Style } from './text.js';

const SECONDS_PER_DAY = 86_400;

/** @internal */
export function withDaysLeft(
  certificates: readonly InspectedCertificate[],
  now: number,
): readonly DatedCertificate[] {
  return certificates.map((certificate) => {
    const seconds = Date.parse(certificate.notAfter) / 1000 - now;
    return { ...certificate, daysLeft: Math.floor(seconds / SECONDS_PER_DAY) };
  });
}

/**
 * What was found, for people: files by tarball, then each certificate.
 *
 * @internal
 */
export function renderInspection(
  { files }: Inspection,
  certificates: readonly DatedCertificate[],
  style: Style,
): string {
  const tarballs = [...new Set(files.map(({ tarball }) => tarball))];
  const tables = tarballs.map((tarball) => {
    const rows = files.filter((file) => file.tarball === tarball).map(fileRow);
    const head = tarball === undefined ? '' : `${style.bold(escapeUnprintable(tarball))}\n`;
    return head + renderTable(rows, style, ['  MODE', 'OWNER', 'SIZE', 'KIND', 'PATH']);
  });
  return [...tables, ...certificates.map((certificate) => renderCertificate(certificate, style))].join('\n');
}

function fileRow({ mode, owner, size, kind, path }: InspectedFile): readonly string[] {
  return [`  ${mode}`, owner ?? '', String(size), kind, path];
}

function renderCertificate(certificate: DatedCertificate, style: Style): string {
  const { subject, issuer, altNames, keyUsage, extendedKeyUsage, isAuthority, daysLeft } = certificate;
  const until = daysLeft < 0 ? `expired ${-daysLeft} days ago` : `${daysLeft} days left`;
  const rows = [
    ['  issuer', issuer],
    ['  names', altNames.join(', ')],
    ['  usages', [...(isAuthority ? ['CA'] : []), ...keyUsage, ...extendedKeyUsage].join(', ')],
    ['  key', certificate.key],
    ['  valid', `${certificate.notBefore} to ${certificate.notAfter}, ${until}`],
    ['  serial', certificate.serialNumber],
    ['  sha256', certificate.fingerprint],
    ...certificate.places.map((place, index) => [index === 0 ? '  in' : '', place]),
  ];
  const title = style.bold(escapeUnprintable(subject === '' ? '(empty subject)' : subject));
  return `${title}\n${renderTable(
    rows.filter(([, value]) => value !== ''),
    style,
  )}`;
}
