import { MEMBER_PLACEHOLDER, revocationListFile, trustedAuthoritiesFile } from '../../certificate-roles.js';
import type { ClusterSpec } from '../../cluster-spec.js';
import { isWithin } from '../../text/path.js';
import type { IssueList } from '../issue-list.js';
import { ownFolderOf, type StateFolder } from './state-folders.js';

/**
 * Refuses certificate files that would lie in etcd's own folders, where it considers everything its own, or in the place of another
 * file of the bundle.
 *
 * @param state - etcd's own folders
 * @internal
 */
export function checkForeignFiles(
  { etcd, certificates }: ClusterSpec,
  state: readonly StateFolder[],
  issues: IssueList,
): void {
  if (certificates.tls === 'none') return;
  const { binary, configFile } = etcd;
  for (const [role, files] of Object.entries(certificates.files)) {
    for (const kind of ['certificate', 'key'] as const) {
      const name = files[kind].replaceAll(MEMBER_PLACEHOLDER, 'm');
      // What lies in the certificates' folder is held against etcd's folders as a whole.
      if (!name.startsWith('/')) continue;
      const path = `certificates.files.${role}.${kind}`;
      const folder = ownFolderOf(name, state);
      if (folder !== undefined)
        issues.add(
          'file-inside-data',
          path,
          `${name} lies in ${folder.path}, which is etcd's own.`,
          'Choose another folder.',
        );
      const other = [binary, configFile].find((file) => file !== undefined && isWithin(name, file));
      if (other !== undefined)
        issues.add('path-taken', path, `${other} is another file already.`, 'Choose another name.');
    }
  }
  const configName = configFile ?? '';
  const inFolder = Object.values(certificates.files)
    .flatMap(({ certificate, key }) => [certificate, key])
    .concat(
      certificates.trust === undefined
        ? []
        : [trustedAuthoritiesFile(certificates.files.ca?.certificate ?? '')],
      certificates.revocation === true
        ? certificates.authorities.map((role) =>
            revocationListFile(certificates.files[role]?.certificate ?? ''),
          )
        : [],
    )
    .some((name) => `${certificates.directory}/${name}` === configName);
  if (inFolder)
    issues.add(
      'path-taken',
      'etcd.configFile',
      `${configName} is a certificate's file.`,
      'Choose another path.',
    );
}
