import type { Rule } from '../rule.js';
import { trustUses } from '../trust/uses.js';

/** A CA file: every block of it a certificate, and at least one. */
export const trustFiles: Rule = {
  name: 'trust-files',
  source: 'etcd client/pkg/tlsutil/tlsutil.go, NewCertPool',
  *check(view) {
    for (const { label, trust, setting, loading, refusing } of trustUses(view)) {
      const { path, file, poolFault } = trust.file;
      const place = { member: label, path };
      if (file === undefined) {
        const etcdSays = `open ${path}: no such file or directory`;
        yield {
          ...place,
          level: loading,
          message: `${path} does not exist.`,
          cure: 'Put the CA certificate there.',
          etcdSays,
        };
      } else if (poolFault !== undefined) {
        yield {
          ...place,
          level: loading,
          message: `${path} holds something else than certificates, and etcd reads every block of ${setting} as one.`,
          cure: 'Leave in it the certificates of the authorities alone.',
          etcdSays: poolFault,
        };
      } else if (trust.roots.length === 0) {
        yield {
          ...place,
          level: refusing,
          message: `${path} holds no certificate: etcd loads it and then trusts nobody.`,
          cure: 'Write the CA certificate into it as PEM.',
          etcdSays: 'x509: certificate signed by unknown authority',
        };
      }
    }
  },
};
