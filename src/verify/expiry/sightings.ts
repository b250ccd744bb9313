import type { Issue } from '../../errors.js';
import { purposeName } from '../../x509/extended-key-usage.js';
import type { Sighting } from './ending.js';
import type { FileCertificate, FileEndings } from './read-file.js';

const PURPOSE_ROLES: Readonly<Record<string, string>> = { serverAuth: 'server', clientAuth: 'client' };

/** @internal */
export function unreadableCertificate(path: string, message: string): Issue {
  return {
    code: 'unreadable-certificate',
    path,
    message,
    cure: 'Get the file again from where it was made.',
  };
}

/**
 * Where something may end that nobody could look at.
 *
 * @param message - why
 * @internal
 */
export function unseenCertificate(path: string, message: string): Issue {
  return {
    code: 'unreadable-file',
    path,
    message,
    cure: 'Check it on the host, or give a copy of the host in which it can be read.',
  };
}

/**
 * What one file holds, at one place.
 *
 * @param roles - of its first certificate, where something uses it
 * @internal
 */
export function sightingsIn(
  { certificates, lists }: Pick<FileEndings, 'certificates' | 'lists'>,
  holder: Sighting['holder'],
  roles: readonly string[],
): readonly Sighting[] {
  return [
    ...certificates.map((one, index) => ({
      item: one.certificate,
      holder,
      roles: index === 0 && roles.length > 0 ? roles : rolesOf(one),
    })),
    ...lists.map((item) => ({ item, holder, roles: [] })),
  ];
}

function rolesOf({ certificate, extendedKeyUsage, isKubeconfigUser }: FileCertificate): readonly string[] {
  if (certificate.type === 'authority') return [];
  if (isKubeconfigUser) return ['kubeconfig'];
  return (extendedKeyUsage ?? []).flatMap((identifier) => PURPOSE_ROLES[purposeName(identifier)] ?? []);
}
