import type { BundlePreview } from '../node/preview.js';
import { escapeUnprintable } from '../text/unprintable.js';
import { renderTable } from './table.js';
import type { Style } from './text.js';

/**
 * A preview for people: each tarball's files, then each certificate.
 *
 * @internal
 */
export function renderPreview({ tarballs, certificates }: BundlePreview, style: Style): string {
  const files = tarballs.map(({ path, files: entries }) => {
    const rows = entries.map((file) => [`  ${file.mode}`, file.owner, file.kind, file.path]);
    return `${style.bold(escapeUnprintable(path))}\n${renderTable(rows, style)}`;
  });
  const described = certificates.map((certificate) => {
    const { id, key, subject, issuer, altNames, keyUsage, extendedKeyUsage, notBefore, notAfter } =
      certificate;
    const rows = [
      ['  subject', subject],
      ['  issuer', issuer],
      ['  names', altNames.join(', ')],
      ['  usages', [...keyUsage, ...extendedKeyUsage].join(', ')],
      ['  valid', `${notBefore} to ${notAfter}`],
      ['  file', `${certificate.path} in ${certificate.tarballs.join(', ')}`],
    ];
    return `${style.bold(escapeUnprintable(id))}  ${key}\n${renderTable(
      rows.filter(([, value]) => value !== ''),
      style,
    )}`;
  });
  return `${[...files, ...described].join('\n')}\nNothing was written.\n`;
}
