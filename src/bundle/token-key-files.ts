import type { ClusterSpec } from '../cluster-spec.js';
import { clusterTokenKeys } from '../etcd/auth-token.js';
import type { Pki } from '../pki/pki.js';
import type { FilePlan } from './file-plan.js';
import { ROOT, textFile } from './text-file.js';

/**
 * The keys of the member's auth-token, where the setting names them. Like the keys of its certificates they are the service's group's to
 * read.
 *
 * @internal
 */
export function planTokenKeyFiles(spec: ClusterSpec, { tokenKeys }: Pki): readonly FilePlan[] {
  const files = clusterTokenKeys(spec);
  if (files === undefined || tokenKeys === undefined) return [];
  const { group } = spec.systemd;
  const [mode, owner] = group === 'root' ? [0o600, ROOT] : [0o640, { user: 'root', group }];
  const { privateKey, publicKey } = tokenKeys;
  return [
    ...(files.privateKey === undefined
      ? []
      : [textFile(files.privateKey, mode, 'token-key', privateKey, owner)]),
    ...(files.publicKey === undefined || publicKey === undefined
      ? []
      : [textFile(files.publicKey, 0o644, 'token-public-key', publicKey)]),
  ];
}
