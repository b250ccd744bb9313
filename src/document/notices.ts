import type { ClusterSpec } from '../cluster-spec.js';
import type { IssueCode } from '../issue-codes.js';
import { quoteValue } from '../text/quote-value.js';
import { pathsWithin } from './resolve/paths-within.js';
import { serviceIssues } from './resolve/service.js';

/** What a boot, or systemd-tmpfiles after some days, empties (file-hierarchy(7)). */
const EMPTIED: readonly string[] = ['/dev/shm', '/run', '/tmp', '/var/run', '/var/tmp'];

/**
 * What is allowed in a document and seldom meant.
 *
 * @public
 */
export interface DocumentNotice {
  /** What is seldom meant, as a stable name. */
  readonly code: IssueCode;
  /** Where in the document, as `members`. */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
  /** What to write instead. */
  readonly cure: string;
}

/**
 * What an operator should know of a document that works.
 *
 * @example
 * ```ts
 * const spec = parseClusterSpec({ members: [{ name: 'e1', address: '10.0.0.1' }, { name: 'e2', address: '10.0.0.2' }] });
 * for (const { path, message, cure } of documentNotices(spec)) console.warn(`${path}: ${message} ${cure}`);
 * ```
 * @public
 */
export function documentNotices(spec: ClusterSpec): readonly DocumentNotice[] {
  return [
    ...evenMembers(spec),
    ...emptiedFolders(spec),
    ...furtherClients(spec),
    ...serviceIssues(spec, 'warning'),
  ];
}

function evenMembers({ members }: ClusterSpec): readonly DocumentNotice[] {
  const count = members.length;
  if (count % 2 !== 0) return [];
  // A majority has to stand: etcd.io/docs, "Failure tolerance".
  const lost = count / 2 - 1;
  const survives = lost === 0 ? 'does not survive the loss of any' : `survives the loss of ${lost}`;
  return [
    {
      code: 'even-members',
      path: 'members',
      message: `A cluster of ${count} ${survives}, like one of ${count - 1}, and has one member more to lose.`,
      cure: `An odd number is better: ${count - 1} or ${count + 1}.`,
    },
  ];
}

/** After its host's next boot the member would not start. Data is etcd's to lose. */
function emptiedFolders(spec: ClusterSpec): readonly DocumentNotice[] {
  const paths = {
    'etcd.configFile': spec.etcd.configFile,
    'certificates.directory': spec.certificates.tls === 'none' ? undefined : spec.certificates.directory,
  };
  return pathsWithin(EMPTIED, paths, spec).map(({ key, path, folder }) => ({
    code: 'folder-is-emptied',
    path: key,
    message: `${quoteValue(path)} lies in ${folder}, which is emptied at each boot or after some days.`,
    cure: 'Choose a folder that stays, such as one below /etc.',
  }));
}

/** A CA that is trusted says who is let in, and with authentication also as whom (etcd `server/auth/store.go`, AuthInfoFromTLS). */
function furtherClients({ certificates: { trust = [] } }: ClusterSpec): readonly DocumentNotice[] {
  return trust.map((file, index) => ({
    code: 'further-clients',
    path: `certificates.trust[${index}]`,
    message: `Every client with a certificate of ${quoteValue(file)} may read and write everything; with authentication on, it is the user that its common name says, root included.`,
    cure: 'Name only a CA that signs for the clients of this cluster.',
  }));
}
