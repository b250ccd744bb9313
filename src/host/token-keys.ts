import { type AuthTokenKeys, authTokenKeys } from '../etcd/auth-token.js';
import type { PublicKeyView } from '../x509/read/certificate.js';
import { DerFault, derReader } from '../x509/read/der-reader.js';
import { readPublicKey } from '../x509/read/public-key.js';
import type { RootIndex } from './host-root.js';
import type { Materials, PemFile } from './pem-files.js';

/**
 * The keys that a member signs its tokens with.
 *
 * @internal
 */
export interface TokenKeys {
  readonly method: string;
  readonly privateKey: PemFile | undefined;
  readonly publicKey: PemFile | undefined;
  /** What the public file holds: a public key, or a certificate's; undefined where it is neither. */
  readonly publicView: PublicKeyView | undefined;
}

/** @internal */
export async function loadTokenKeys(
  authToken: string | undefined,
  root: RootIndex,
  hostPath: (path: string) => string,
  materials: Materials,
): Promise<TokenKeys | undefined> {
  const keys: AuthTokenKeys | undefined = authToken === undefined ? undefined : authTokenKeys(authToken);
  if (keys === undefined) return undefined;
  const load = async (path: string | undefined): Promise<PemFile | undefined> =>
    path === undefined ? undefined : materials.load(root, hostPath(path));
  const [privateKey, publicKey] = [await load(keys.privateKey), await load(keys.publicKey)];
  return { method: keys.method, privateKey, publicKey, publicView: publicKeyIn(publicKey) };
}

/** Of the first block, as golang-jwt reads it (`rsa_utils.go`, `ecdsa_utils.go`). */
function publicKeyIn(file: PemFile | undefined): PublicKeyView | undefined {
  const [block] = file?.blocks ?? [];
  if (block === undefined) return undefined;
  const [certificate] = file?.certificates ?? [];
  if (block.type === 'CERTIFICATE')
    return certificate?.type === 'ok' ? certificate.value.publicKey : undefined;
  try {
    return readPublicKey(derReader(block.bytes));
  } catch (error) {
    if (error instanceof DerFault) return undefined;
    throw error;
  }
}
