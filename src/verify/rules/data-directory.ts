import { hostPathOf } from '../../host/member-view.js';
import { pathOf, settingValue } from '../../host/settings/settings.js';
import { octal } from '../../text/octal.js';
import { normalizePath } from '../../text/path.js';
import { shellWord } from '../../text/shell-word.js';
import type { Rule } from '../rule.js';

/** @internal */
export const dataDirectory: Rule = {
  name: 'data-directory',
  summary: 'The data directory is open to its owner only, and contains no certificates.',
  levels: ['warning'],
  source: 'etcd client/pkg/fileutil, CheckDirPermission; etcdmain/etcd.go, identifyDataDirOrDie',
  *check({ members }) {
    for (const { label, settings, root, service, client, peer } of members) {
      const dataDir = settingValue(settings, 'data-dir');
      if (dataDir === undefined) continue;
      const path = normalizePath(hostPathOf(service)(dataDir));
      const mode = root.directories.get(path)?.mode;
      if (mode !== undefined && (mode & 0o777) !== 0o700) {
        const shown = octal(mode & 0o777);
        yield {
          level: 'warning',
          member: label,
          path,
          message: `The data directory has mode ${shown}.`,
          cure: `chmod 0700 ${shellWord(path)}`,
          etcdSays: `check file permission: directory "${dataDir}" exist, but the permission is "${shown}". The recommended permission is "-rwx------" to prevent possible unprivileged access to the data`,
        };
      }
      const inside = [client.pair, peer.pair].find((pair) => pair?.certificate.path.startsWith(`${path}/`));
      if (inside !== undefined) {
        yield {
          level: 'warning',
          member: label,
          path: pathOf(settings, 'data-dir'),
          message: `${inside.certificate.path} lies in the data directory, which is emptied when the member is replaced.`,
          cure: 'Keep certificates elsewhere.',
          etcdSays: 'found invalid file under data directory',
        };
      }
    }
  },
};
