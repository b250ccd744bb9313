import { formatEtcdVersion } from '../etcd/version.js';
import type { HostRoot } from '../host/host-root.js';
import type { UnixTime } from '../x509/time.js';
import { nearestTimeText } from '../x509/time.js';
import type { ClusterView } from './cluster-view.js';
import { clustersOf } from './clusters.js';
import { collectFindings } from './collect-findings.js';
import { pairUses, trustUses } from './dials/pair-uses.js';
import { type Expiry, type Finding, LEVELS, type Verification } from './finding.js';
import { RULES } from './rules.js';
import { type VerifyOptions, viewCluster } from './view-cluster.js';

/**
 * Answers whether the members of a cluster would start, whether their peers and clients would accept them, and for how long.
 * Reads certificates, keys, units, environment files, etcd's configuration files and kubeadm's documents of each host, and assumes
 * that none of them is well-formed: what cannot be read is a finding. Nothing is fetched, nothing is run.
 *
 * @param roots - what each host has: of one cluster, or of several that share hosts
 * @example
 * ```ts
 * const unit = new TextEncoder().encode('[Service]\nExecStart=/usr/local/bin/etcd --name e1\n');
 * const root = { name: 'e1', files: [{ path: 'etc/systemd/system/etcd.service', bytes: unit }] };
 * const { findings } = await verifyBundle([root], { crypto: webCryptoProvider(globalThis.crypto), at: now });
 * ```
 * @public
 */
export async function verifyBundle(
  roots: readonly HostRoot[],
  options: VerifyOptions,
): Promise<Verification> {
  return judgeCluster(await viewCluster(roots, options));
}

/**
 * What the rules say of a cluster.
 *
 * @internal
 */
export function judgeCluster(view: ClusterView): Verification {
  const clusters = clustersOf(view);
  const findings = RULES.flatMap((rule) => collectFindings(rule, clusters));
  findings.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  const count = (level: Finding['level']): number =>
    findings.filter((finding) => finding.level === level).length;
  return {
    findings,
    summary: {
      errors: count('error'),
      warnings: count('warning'),
      notices: count('notice'),
      members: view.members.map(({ label }) => label),
      clusters: clusters.map(({ members }) => members.map(({ label }) => label)),
      etcdVersion: formatEtcdVersion(view.version),
      etcdVersionFrom: view.versionFrom,
      at: nearestTimeText(view.at),
      expiries: expiriesOf(view),
    },
  };
}

/** Each certificate in use once for each host. */
function expiriesOf(view: ClusterView): readonly Expiry[] {
  const all = new Map<string, Expiry & { readonly end: UnixTime }>();
  const add = (member: string, path: string, subject: string, end: UnixTime, authority: boolean): void =>
    void all.set(`${member}:${path}:${subject}`, {
      member,
      path,
      subject,
      notAfter: nearestTimeText(end),
      authority,
      end,
    });
  for (const { label, pair } of pairUses(view))
    if (pair.leaf !== undefined)
      add(label, pair.certificate.path, pair.leaf.subject, pair.leaf.notAfter, false);
  for (const { label, trust } of trustUses(view))
    for (const { subject, notAfter } of trust.roots) add(label, trust.file.path, subject, notAfter, true);
  return [...all.values()].sort((a, b) => a.end - b.end).map(({ end: _end, ...expiry }) => expiry);
}
