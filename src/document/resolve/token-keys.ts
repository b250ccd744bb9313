import type { ClusterSpec } from '../../cluster-spec.js';
import { clusterTokenKeys } from '../../etcd/auth-token.js';
import { isSystemDirectory } from '../../systemd/system-directories.js';
import { isWithin } from '../../text/path.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { resolvePath } from './paths.js';

const PATH = 'etcd.settings.auth-token';
/** RFC 7518, 3.4 and RFC 8037: on P-521 and Ed25519. */
const NOT_MADE: readonly string[] = ['ES512', 'EdDSA'];

/**
 * Checks where the keys of auth-token go: the bundle makes them, so the paths have to be free.
 *
 * @internal
 */
export function checkTokenKeys(spec: ClusterSpec, issues: IssueList): void {
  const files = clusterTokenKeys(spec);
  if (files === undefined) return;
  const { signMethod, privateKey, publicKey } = files;
  const conflict = (message: string, cure: string): void => issues.add('conflict', PATH, message, cure);
  if (NOT_MADE.includes(signMethod))
    conflict(`No key is made here for ${signMethod}.`, 'Write sign-method=ES384, ES256 or RS256.');
  if (privateKey === undefined)
    conflict('Without priv-key no member can sign a token.', 'Write priv-key=<file> as well.');
  if (privateKey !== undefined && privateKey === publicKey)
    conflict(
      `${quoteValue(privateKey)} is both priv-key and pub-key.`,
      'Write two paths, or priv-key alone.',
    );
  const { dataDir, walDir = dataDir, binary, configFile } = spec.etcd;
  for (const text of new Set([privateKey, publicKey])) {
    if (text === undefined) continue;
    const file = resolvePath(text, PATH, issues);
    const owner = [dataDir, walDir].find((folder) => isWithin(file, folder));
    if (isSystemDirectory(file)) conflict(`${quoteValue(text)} is a folder.`, 'Write the path of a file.');
    else if (owner !== undefined)
      conflict(`${quoteValue(text)} lies in ${owner}, which is etcd's own.`, 'Choose another folder.');
    else if (isWithin(file, binary) || file === configFile)
      conflict(`${quoteValue(text)} is another file of etcd.`, 'Choose another path.');
  }
}
