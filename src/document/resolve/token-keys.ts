import type { ClusterSpec } from '../../cluster-spec.js';
import { clusterTokenKeys } from '../../etcd/auth-token.js';
import type { IssueCode } from '../../issue-codes.js';
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
  const refuse = (code: IssueCode, message: string, cure: string): void =>
    issues.add(code, PATH, message, cure);
  if (NOT_MADE.includes(signMethod))
    refuse(
      'token-key-not-made',
      `No key is made here for ${signMethod}.`,
      'Write sign-method=ES384, ES256 or RS256.',
    );
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
  const { dataDir, walDir = dataDir, binary, configFile } = spec.etcd;
  for (const text of new Set([privateKey, publicKey])) {
    if (text === undefined) continue;
    const file = resolvePath(text, PATH, issues);
    const owner = [dataDir, walDir].find((folder) => isWithin(file, folder));
    if (isSystemDirectory(file))
      refuse('file-is-folder', `${quoteValue(text)} is a folder.`, 'Write the path of a file.');
    else if (owner !== undefined)
      refuse(
        'file-inside-data',
        `${quoteValue(text)} lies in ${owner}, which is etcd's own.`,
        'Choose another folder.',
      );
    else if (isWithin(file, binary) || file === configFile)
      refuse('path-taken', `${quoteValue(text)} is another file of etcd.`, 'Choose another path.');
  }
}
