import type { ClusterSpec } from '../cluster-spec.js';
import type { CryptoProvider } from '../crypto/provider.js';
import { clusterTokenKeys } from '../etcd/auth-token.js';
import { encodeBase64 } from '../text/base64.js';
import type { KeyAlgorithm } from '../x509/key-algorithm.js';
import { encodePem } from '../x509/pem.js';
import type { FreshKeys } from './fresh-keys.js';
import { privateKeyPem } from './sign.js';

/**
 * What the members of a cluster sign the tokens of authenticated users with: one for all, since each takes the others' tokens.
 *
 * @public
 */
export interface TokenKeys {
  /** PEM, `EC PRIVATE KEY`, `RSA PRIVATE KEY` or `PRIVATE KEY`; for HMAC one line of base64, whose octets are the secret. */
  readonly privateKey: string;
  /** PEM, `PUBLIC KEY`; absent for HMAC. */
  readonly publicKey?: string;
}

/** As long as the longest hash (RFC 7518, 3.2), so that the secret fits every HMAC. */
const SECRET_OCTETS = 64;

/**
 * Draws the keys that the cluster's auth-token names.
 *
 * @returns undefined where it names none
 * @internal
 */
export async function issueTokenKeys(
  spec: ClusterSpec,
  { randomBytes }: Pick<CryptoProvider, 'randomBytes'>,
  draw: FreshKeys['draw'],
): Promise<TokenKeys | undefined> {
  const files = clusterTokenKeys(spec);
  if (files === undefined) return undefined;
  const { signMethod } = files;
  if (signMethod.startsWith('HS')) return { privateKey: `${encodeBase64(randomBytes(SECRET_OCTETS))}\n` };
  const keyPair = await draw(algorithmFor(signMethod));
  return {
    privateKey: privateKeyPem(keyPair),
    publicKey: encodePem('PUBLIC KEY', keyPair.publicKey),
  };
}

/** RFC 7518, 3.3 to 3.5, and RFC 8037, 3.1; RSA keys have 2048 bits or more. */
function algorithmFor(signMethod: string): KeyAlgorithm {
  switch (signMethod) {
    case 'ES256':
      return 'ecdsa-p256';
    case 'ES384':
      return 'ecdsa-p384';
    case 'ES512':
      return 'ecdsa-p521';
    case 'EdDSA':
      return 'ed25519';
    default:
      return 'rsa-2048';
  }
}
