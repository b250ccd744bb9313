import { createECDH, type ECDH } from 'node:crypto';
import type { KeyPair } from '../../crypto/provider.js';
import { type EcKeyAlgorithm, KEY_TABLE } from '../../x509/key-algorithm.js';
import { CURVES } from '../../x509/named-curve.js';
import { encodeEcPrivateKey } from '../../x509/private-key.js';
import { encodeEcPublicKey } from '../../x509/subject-public-key-info.js';

/**
 * ECDH and ECDSA keys are the same pairs (SEC 1, 3.2.1). createECDH hands out the two numbers as they are, in 12 µs for P-256 where
 * the object is used again; generateKeyPairSync takes 50 µs, and 250 where it encodes the pair, which OpenSSL 3 does slowly.
 *
 * @internal
 */
export function ecKeyPairGenerator(): (algorithm: EcKeyAlgorithm) => KeyPair {
  const generators = new Map<EcKeyAlgorithm, ECDH>();
  return (algorithm) => {
    const ecdh = generators.get(algorithm) ?? createECDH(CURVES[KEY_TABLE[algorithm].namedCurve].openssl);
    generators.set(algorithm, ecdh);
    const point = ecdh.generateKeys();
    const secret = ecdh.getPrivateKey();
    const privateKey = encodeEcPrivateKey(algorithm, secret, point);
    secret.fill(0);
    return { algorithm, publicKey: encodeEcPublicKey(algorithm, point), privateKey };
  };
}
