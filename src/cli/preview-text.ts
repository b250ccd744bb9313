import { hostNamesOf } from '../bundle/manifest/manifest.js';
import { trustedAuthoritiesFile } from '../certificate-roles.js';
import type { BundlePreview } from '../node/preview.js';
import { escapeUnprintable } from '../text/unprintable.js';
import { renderTable } from './table.js';
import type { Style } from './text.js';

/**
 * A preview for people: each tarball's files, then each certificate.
 *
 * @internal
 */
export function renderPreview(
  { authorities, trust = [], certificates, hosts }: BundlePreview,
  style: Style,
): string {
  const files = hosts.map(({ tarball, files: entries }) => {
    const rows = entries.map((file) => [`  ${file.mode}`, file.owner, file.kind, file.path]);
    return `${style.bold(escapeUnprintable(tarball.path))}\n${renderTable(rows, style)}`;
  });
  const members = hosts.filter(({ kind }) => kind === 'member').map(({ name }) => name);
  const authority = authorities.find(({ id }) => id === 'ca')?.path ?? '';
  const trustFile = trustedAuthoritiesFile(authority);
  const all = [
    ...authorities.flatMap(({ id, path, certificates: own }) =>
      own.map((certificate) => ({ ...certificate, id, path, names: members })),
    ),
    ...trust.map((certificate) => ({ ...certificate, id: 'trusted', path: trustFile, names: members })),
    ...certificates.map((certificate) => ({ ...certificate, names: hostNamesOf(certificate.holder) })),
  ];
  const described = all.map((certificate) => {
    const { id, key, subject, issuer, altNames, keyUsage, extendedKeyUsage, notBefore, notAfter } =
      certificate;
    const rows = [
      ['  subject', subject],
      ['  issuer', issuer],
      ['  names', altNames.join(', ')],
      ['  usages', [...keyUsage, ...extendedKeyUsage].join(', ')],
      ['  valid', `${notBefore} to ${notAfter}`],
      ['  file', `${certificate.path} on ${certificate.names.join(', ')}`],
    ];
    return `${style.bold(escapeUnprintable(id))}  ${key}\n${renderTable(
      rows.filter(([, value]) => value !== ''),
      style,
    )}`;
  });
  return `${[...files, ...described].join('\n')}\nNothing was written.\n`;
}
