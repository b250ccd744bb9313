import {
  type AuthorityRole,
  isPairRole,
  MEMBER_PLACEHOLDER,
  type PairRole,
} from '../../certificate-roles.js';
import type { PairFiles } from '../../cluster-spec.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { resolvePath } from './paths.js';

const KINDS = ['certificate', 'key'] as const;

/**
 * Checks the names of certificate files: each a path on the hosts, and no two of one member's the same.
 *
 * @param members - whose names `{member}` may stand for; empty where all members share the pairs
 * @param further - names of files that follow from these, and what each is
 * @internal
 */
export function resolveCertificateFiles(
  named: readonly (readonly [AuthorityRole | PairRole, PairFiles])[],
  directory: string,
  members: readonly string[],
  further: ReadonlyMap<string, string>,
  issues: IssueList,
): void {
  const absoluteOf = (name: string): string => (name.startsWith('/') ? name : `${directory}/${name}`);
  const taken = new Map([...further].map(([name, what]) => [absoluteOf(name), what]));
  for (const [role, files] of named) {
    for (const kind of KINDS) {
      const path = `certificates.files.${role}.${kind}`;
      const name = files[kind];
      if (name.includes(MEMBER_PLACEHOLDER) && (!isPairRole(role) || members.length === 0)) {
        issues.add(
          'member-in-common-file',
          path,
          `${quoteValue(name)} names a member, and the file is the same on all of them.`,
          `Write a name without ${MEMBER_PLACEHOLDER}.`,
        );
        continue;
      }
      // Any name of a member will do: what it may consist of is checked with the members.
      const file = name.replaceAll(MEMBER_PLACEHOLDER, 'm');
      if (name === '' || name.endsWith('/')) {
        issues.add('not-a-file-path', path, `${quoteValue(name)} is not a file name.`, 'Write a file name.');
        continue;
      }
      // What is wrong with the folder is said of the folder.
      resolvePath(file.startsWith('/') ? file : `/${file}`, path, issues);
      const absolute = absoluteOf(file);
      const other = taken.get(absolute);
      if (other !== undefined) {
        const message = `${quoteValue(name)} is also the name of ${other}.`;
        issues.add('repeated-file', path, message, 'Give each file a name of its own.');
      }
      taken.set(absolute, path);
    }
  }
}
