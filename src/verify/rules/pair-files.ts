import type { PairFault } from '../../host/pair.js';
import { type PairUse, pairUses } from '../dials/pair-uses.js';
import type { Fault } from '../finding.js';
import { notLookedAt } from '../not-looked-at.js';
import type { Rule } from '../rule.js';

/** @internal */
export const pairFiles: Rule = {
  name: 'pair-files',
  summary: 'Every certificate and key that is named loads, and the two belong together.',
  levels: ['error', 'warning', 'notice'],
  source: 'etcd client/pkg/tlsutil/tlsutil.go, NewCert; Go crypto/tls, X509KeyPair',
  *check(view) {
    for (const use of pairUses(view)) if (use.pair.fault !== undefined) yield describe(use, use.pair.fault);
    for (const { root, pair } of view.loosePairs) {
      const { fault } = pair;
      if (fault !== undefined && fault.kind !== 'missing' && fault.kind !== 'unread')
        yield {
          level: 'error',
          member: root.name,
          path: fault.path,
          message: messages[fault.kind](pair.certificate.path, pair.key.path),
          cure: cures[fault.kind],
          etcdSays: fault.says,
        };
    }
  },
};

function describe({ label, loading, pair }: PairUse, { kind, path, says, why = '' }: PairFault): Fault {
  if (kind === 'unread') return notLookedAt(label, path, why);
  return {
    level: loading,
    member: label,
    path,
    message: messages[kind](pair.certificate.path, pair.key.path, path),
    cure: cures[kind],
    etcdSays: says,
  };
}

type Told = Exclude<PairFault['kind'], 'unread'>;

const messages: Readonly<Record<Told, (certificate: string, key: string, path?: string) => string>> = {
  missing: (_certificate, _key, path) => `${path ?? 'The file'} does not exist.`,
  certificate: (certificate) => `${certificate} contains no certificate that Go reads.`,
  key: (_certificate, key) => `${key} contains no private key that Go reads.`,
  encrypted: (_certificate, key) => `${key} is encrypted, and etcd cannot ask for a password.`,
  mismatch: (certificate, key) => `${key} is not the key of the first certificate in ${certificate}.`,
};

const cures: Readonly<Record<Told, string>> = {
  missing: 'Put the file there, or name an existing one.',
  certificate: 'Write the certificate as PEM, without a byte order mark, the leaf first.',
  key: 'Write the key as PEM: RSA of 1024 bits or more, ECDSA P-256, P-384 or P-521, or Ed25519.',
  encrypted: 'Decrypt it: openssl pkey -in old.key -out new.key',
  mismatch: 'Use a certificate with its own key; in a chain, the leaf comes first.',
};
