import { isSecret } from '../../bundle/file-plan.js';
import type { ForeignFile } from '../against/compare-hosts.js';
import type { Rule } from '../rule.js';

/** @internal */
export const hostIdentity: Rule = {
  name: 'host-identity',
  summary: "With `--against`: each host is one of the bundle, and has no other host's files.",
  levels: ['error'],
  source: 'bundle.json, hosts[].files[]',
  *check({ against }) {
    for (const { root, hosts, foreign } of against) {
      if (hosts.length === 0)
        yield {
          level: 'error',
          member: root.name,
          path: '',
          message: 'Nothing here tells which host of the bundle this is.',
          cure: 'Name the root of one of its hosts; a folder that has the name of a host is taken for that host.',
        };
      const name = hosts[0]?.name ?? root.name;
      for (const [owner, files] of byOwner(foreign)) {
        const [first] = files;
        const hasKey = files.some(({ kind }) => isSecret(kind));
        const more = files.length > 1 ? ` and ${files.length - 1} more` : '';
        yield {
          level: 'error',
          member: name,
          path: first?.path ?? '',
          message: `${first?.path}${more} are of ${owner}: its tarball was extracted here.`,
          cure: `Extract the tarball of ${name} here${hasKey ? `, and issue the pairs of ${owner} anew, whose keys have left their host` : ''}.`,
        };
      }
    }
  },
};

function byOwner(files: readonly ForeignFile[]): ReadonlyMap<string, readonly ForeignFile[]> {
  const owners = new Map<string, ForeignFile[]>();
  for (const file of files) owners.set(file.owner, [...(owners.get(file.owner) ?? []), file]);
  return owners;
}
