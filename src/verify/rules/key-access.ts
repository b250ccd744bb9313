import { accessOf } from '../../host/account/access.js';
import { tmpfilesOf } from '../../host/account/tmpfiles.js';
import type { RootIndex } from '../../host/host-root.js';
import { credentialsFolder } from '../../host/service/credentials.js';
import { readFiles } from '../../host/used-paths.js';
import { fitsGlob } from '../../text/glob.js';
import { octal } from '../../text/octal.js';
import { isWithin } from '../../text/path.js';
import { shellWord } from '../../text/shell-word.js';
import type { Rule } from '../rule.js';
import { denial, notJudged } from './denial.js';

/** @internal */
export const keyAccess: Rule = {
  name: 'key-access',
  summary:
    'The account that etcd runs as may read its keys, certificates and configuration, and enter every folder above them.',
  levels: ['error', 'warning', 'notice'],
  source:
    'systemd.exec(5), User=, SupplementaryGroups=, AmbientCapabilities=; tmpfiles.d(5); path_resolution(7)',
  *check({ members }) {
    for (const member of members) {
      const { service, root, label } = member;
      if (service.type === 'layout' || service.user?.includes('%')) continue;
      const access = accessOf(service, root);
      const told = new Set<string>();
      for (const { inner, host } of readFiles(member)) {
        if (inner.startsWith(credentialsFolder(service.start?.unit ?? '')) || told.has(host)) continue;
        told.add(host);
        const reach = access.toRead(host);
        if (reach.type === 'unknown') yield notJudged(label, access, reach.path);
        if (reach.type === 'denied')
          yield denial(member, access, reach, host, `open ${inner}: permission denied`);
      }
    }
  },
};

/** @internal */
export const keyModes: Rule = {
  name: 'key-modes',
  summary: 'Only its owner and group may read a private key.',
  levels: ['warning'],
  source: 'kubeadm client-go keyutil, WriteKey; NIST SP 800-57 part 1, 5.3',
  *check({ pemFiles }) {
    for (const { root, file } of pemFiles) {
      if (file.key === undefined) continue;
      const mode = modeOf(root, file.path, file.file?.mode);
      if (mode === undefined || (mode & 0o007) === 0) continue;
      yield {
        level: 'warning',
        member: root.name,
        path: file.path,
        message: `The private key has mode ${octal(mode)}: everyone on the host may ${(mode & 0o004) === 0 ? 'change' : 'read'} it.`,
        cure: `chmod ${(mode & 0o040) === 0 ? '0600' : '0640'} ${shellWord(file.path)}`,
      };
    }
  },
};

/** As tmpfiles.d leaves it, otherwise as it lies there. */
function modeOf(root: RootIndex, path: string, mode: number | undefined): number | undefined {
  const step = tmpfilesOf(root).findLast(
    ({ reach, isGlob, path: target, mode: given }) =>
      given !== undefined &&
      ((isGlob ? fitsGlob(path, target) : path === target) || (reach === 'inside' && isWithin(path, target))),
  );
  return step?.mode ?? mode;
}
