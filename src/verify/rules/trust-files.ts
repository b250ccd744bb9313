import type { PemFile } from '../../host/pem-files.js';
import { trustUses } from '../dials/pair-uses.js';
import type { FindingLevel } from '../finding.js';
import { notLookedAt } from '../not-looked-at.js';
import type { Rule } from '../rule.js';

/** @internal */
export const trustFiles: Rule = {
  name: 'trust-files',
  summary: 'Every CA file contains certificates, and nothing else.',
  levels: ['error', 'warning', 'notice'],
  source: 'etcd client/pkg/tlsutil/tlsutil.go, NewCertPool',
  *check(view) {
    const told = new Map<PemFile, Set<FindingLevel>>();
    for (const { label, trust, setting, loading, refusing, isMember } of trustUses(view)) {
      const { path, file, poolFault, unread } = trust.file;
      const place = { member: label, path };
      const levels = told.get(trust.file) ?? new Set();
      told.set(trust.file, levels);
      const level = file === undefined || poolFault !== undefined ? loading : refusing;
      // What a member's setting names too was said of the member.
      if (!isMember && levels.has(level)) continue;
      levels.add(level);
      if (file === undefined && unread !== undefined) yield notLookedAt(label, path, unread);
      else if (file === undefined) {
        const etcdSays = `open ${path}: no such file or directory`;
        yield {
          ...place,
          level,
          message: `${path} does not exist.`,
          cure: 'Put the CA certificate there.',
          etcdSays,
        };
      } else if (poolFault !== undefined) {
        yield {
          ...place,
          level,
          message: `${path} contains something other than certificates, and etcd reads every block of ${setting} as a certificate.`,
          cure: 'Keep only the certificates of the authorities in it.',
          etcdSays: poolFault,
        };
      } else if (trust.roots.length === 0) {
        yield {
          ...place,
          level,
          message: `${path} contains no certificate: etcd loads it and then trusts nobody.`,
          cure: 'Write the CA certificate into it as PEM.',
          etcdSays: 'x509: certificate signed by unknown authority',
        };
      }
    }
  },
};
