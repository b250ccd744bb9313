import type { ClusterSpec } from '../../cluster-spec.js';
import { withOwnFolders } from '../../etcd/own-folders.js';
import { SNAPSHOT_PATH, snapshotProgram } from '../../etcd/snapshot.js';
import { endpointUrl } from '../../net/endpoint.js';
import { fence } from '../fence.js';
import type { NightChapter } from './chapter.js';

/** @internal */
export function saveSnapshot(spec: ClusterSpec): NightChapter | undefined {
  const [first] = spec.members;
  const [url] = first?.advertiseClientUrls ?? [];
  if (first === undefined || url === undefined) return undefined;
  const program = snapshotProgram(spec.etcd.version);
  const folders = [...new Set(spec.members.map((member) => withOwnFolders(spec, member).etcd.dataDir))].map(
    (folder) => `\`${folder}/member/snap/db\``,
  );
  return {
    title: 'Save a snapshot',
    parts: [
      `Every member has everything, and etcdctl asks exactly one. Where \`${first.name}\` does not answer, name another.`,
      fence([
        `ETCDCTL_ENDPOINTS=${endpointUrl(url)} etcdctl snapshot save ${SNAPSHOT_PATH}`,
        `${program} snapshot status ${SNAPSHOT_PATH} -w table`,
      ]),
      'The second command reads what was written. The file holds all that clients have stored, secrets too: keep it where only you can read it, and not on these hosts alone.',
      `A member that has lost the others gives one as long as it runs, and none once it was started again. Then stop it and copy ${folders.join(' or ')}, which is restored with \`--skip-hash-check\`.`,
    ],
  };
}
