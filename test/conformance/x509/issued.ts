import {
  type ClusterDocument,
  type CryptoProvider,
  issuePki,
  type KeyAlgorithm,
  type KeyPair,
  type Pki,
  parseClusterSpec,
  planCertificates,
} from '../../../src/index.js';
import { nodeCryptoProvider } from '../../../src/node/index.js';

const real = nodeCryptoProvider();
const keys = new Map<KeyAlgorithm, Promise<KeyPair>>();

/** The same key for every certificate of a type, because RSA keys take their time, and serial numbers that count on. */
export function sharedKeys(replaced: Partial<CryptoProvider> = {}): CryptoProvider {
  let count = 0;
  return {
    ...real,
    generateKeyPair: (algorithm) => {
      const made = keys.get(algorithm) ?? real.generateKeyPair(algorithm);
      keys.set(algorithm, made);
      return made;
    },
    randomBytes: (length) => {
      count += 1;
      return Uint8Array.from({ length }, (_, index) =>
        index < length - 2 ? 0x40 + index : count >> (index === length - 1 ? 0 : 8),
      );
    },
    ...replaced,
  };
}

/** The whole public pipeline with a clock. */
export function issueAt(
  now: number,
  document: ClusterDocument,
  crypto: CryptoProvider = sharedKeys(),
): Promise<Pki> {
  const spec = parseClusterSpec(document);
  return issuePki(spec, planCertificates(spec), { crypto, now, standInKeys: true });
}

/** A single member of kubeadm's certificates, with more of `certificates`. */
export function single(certificates: NonNullable<ClusterDocument['certificates']>): ClusterDocument {
  return {
    preset: 'kubeadm',
    members: [{ name: 'e1', address: '10.0.0.1' }],
    certificates: { key: 'ecdsa-p256', ...certificates },
  };
}
