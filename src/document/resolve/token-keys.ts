import type { ClusterSpec } from '../../cluster-spec.js';
import { clusterTokenKeys } from '../../etcd/auth-token.js';
import type { IssueCode } from '../../issue-codes.js';
import { isSystemDirectory } from '../../systemd/system-directories.js';
import { isWithin } from '../../text/path.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';
import { resolvePath } from './paths.js';
import { ownFolderOf, type StateFolder } from './state-folders.js';

const PATH = 'etcd.settings.auth-token';

/**
 * Checks where the keys of auth-token go: the bundle makes them, so the paths have to be free.
 *
 * @param state - etcd's own folders
 * @internal
 */
export function checkTokenKeys(spec: ClusterSpec, state: readonly StateFolder[], issues: IssueList): void {
  const files = clusterTokenKeys(spec);
  if (files === undefined) return;
  const { privateKey, publicKey } = files;
  const refuse = (code: IssueCode, message: string, cure: string): void =>
    issues.add(code, PATH, message, cure);
  if (privateKey === undefined)
    refuse(
      'token-key-missing',
      'Without priv-key no member can sign a token.',
      'Write priv-key=<file> as well.',
    );
  if (privateKey !== undefined && privateKey === publicKey)
    refuse(
      'token-keys-alike',
      `${quoteValue(privateKey)} is both priv-key and pub-key.`,
      'Write two paths, or priv-key alone.',
    );
  const { binary, configFile } = spec.etcd;
  for (const text of new Set([privateKey, publicKey])) {
    if (text === undefined) continue;
    const file = resolvePath(text, PATH, issues);
    const owner = ownFolderOf(file, state);
    if (isSystemDirectory(file))
      refuse('file-is-folder', `${quoteValue(text)} is a folder.`, 'Write the path of a file.');
    else if (owner !== undefined)
      refuse(
        'file-inside-data',
        `${quoteValue(text)} lies in ${owner.path}, which is etcd's own.`,
        'Choose another folder.',
      );
    else if (isWithin(file, binary) || file === configFile)
      refuse('path-taken', `${quoteValue(text)} is another file of etcd.`, 'Choose another path.');
  }
}
