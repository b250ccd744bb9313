import type { ClusterSpec } from '../../cluster-spec.js';
import { CRL_ON_GRPC } from '../../etcd/combinations/tls.js';
import { isInSpan } from '../../etcd/release-span.js';
import { quoteValue } from '../../text/quote-value.js';
import type { IssueList } from '../issue-list.js';

/** Settings that name a CRL, which etcd reads at every handshake (etcd `client/pkg/transport/listener_tls.go`, checkCRL). */
const SETTINGS: readonly string[] = ['client-crl-file', 'peer-crl-file'];
const PATH = 'certificates.revocation';

/**
 * Refuses revocation lists that etcd would not look into, and a list of the cluster's settings: the bundle does not have that one, and without the
 * file etcd refuses everyone.
 *
 * @internal
 */
export function checkRevocationLists({ etcd, certificates, members }: ClusterSpec, issues: IssueList): void {
  for (const { name, value } of etcd.settings) {
    if (!SETTINGS.includes(name) || value === '') continue;
    issues.add(
      'crl-not-in-bundle',
      `etcd.settings.${name}`,
      `The bundle has no ${quoteValue(value)}, and without it etcd refuses every client and peer that it would check.`,
      'Leave it out, and write certificates.revocation: true, which brings lists of its own.',
    );
  }
  if (certificates.revocation !== true) return;
  if (certificates.tls === 'none')
    issues.add(
      'authority-without-tls',
      PATH,
      'With certificates.tls: none there is no CA.',
      'Remove certificates.revocation.',
    );
  else if (etcd.config === 'yaml')
    issues.add(
      'setting-not-in-file',
      PATH,
      'A configuration file of etcd has no key for revocation lists.',
      'Write etcd.config: flags or etcd.config: environment.',
    );
  const settings = [...etcd.settings, ...members.flatMap(({ settings: own = [] }) => own)];
  const splits = settings.some(({ name, value }) => name === 'listen-client-http-urls' && value !== '');
  if (splits && certificates.clientCertAuth && !isInSpan(etcd.version, CRL_ON_GRPC))
    issues.add(
      'crl-not-looked-into',
      PATH,
      'With listen-client-http-urls this version looks into no list on the port of gRPC, and revoked clients pass (GHSA-3wh4-j44w-pg92).',
      'Remove listen-client-http-urls, or take etcd 3.5.32, 3.6.13, 3.7.0 or later.',
    );
}
