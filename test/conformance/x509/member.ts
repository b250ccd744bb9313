import { webcrypto } from 'node:crypto';
import { webCryptoProvider } from '../../../src/crypto/webcrypto.js';
import type { HostRoot } from '../../../src/host/host-root.js';
import { type Finding, verifyBundle } from '../../../src/verify/index.js';
import { buildCluster } from '../../support/cluster.js';
import { AT, forgeAuthority, forgeLeaf } from './forge.js';

export const SERVER_CERTIFICATE = 'etc/kubernetes/pki/etcd/server.crt';
export const SERVER_KEY = 'etc/kubernetes/pki/etcd/server.key';
export const AUTHORITY = 'etc/kubernetes/pki/etcd/ca.crt';

const DOCUMENT =
  'preset: kubeadm\nmembers: [{name: e1, address: 10.0.0.1}]\ncertificates: {key: ecdsa-p256}\n';

/**
 * A member whose files are ours but for its certificates and keys, which are forged: one authority and one pair for everything.
 * Whatever a test puts in their place is all that can be wrong with it.
 */
export async function forgedMember(): Promise<HostRoot> {
  const bundle = (await buildCluster(DOCUMENT)).bundles.get('e1');
  const [authority, leaf] = [forgeAuthority(), forgeLeaf()];
  return {
    name: 'e1',
    files: (bundle?.files ?? []).map(({ path, mode, owner, bytes }) => ({
      path: path.replace(/^\//, ''),
      mode,
      owner,
      bytes: path.endsWith('/ca.crt')
        ? Buffer.from(authority.certificate)
        : path.endsWith('.crt')
          ? Buffer.from(leaf.certificate)
          : path.endsWith('.key')
            ? Buffer.from(leaf.key)
            : bytes,
    })),
  };
}

/** What is found in a member with other files in their places. */
export async function verifyMember(
  root: HostRoot,
  files: Readonly<Record<string, Uint8Array | string>>,
  at: number = AT,
): Promise<readonly Finding[]> {
  const changed = root.files.map((file) => {
    const content = files[file.path];
    return content === undefined ? file : { ...file, bytes: Buffer.from(content) };
  });
  const { findings } = await verifyBundle([{ ...root, files: changed }], {
    crypto: webCryptoProvider(webcrypto),
    at,
  });
  return findings;
}
