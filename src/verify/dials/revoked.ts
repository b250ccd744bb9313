import { isInSpan } from '../../etcd/release-span.js';
import type { MemberView, TlsView } from '../../host/member-view.js';
import type { Pair } from '../../host/pair.js';
import type { RevocationFile } from '../../host/revocation-list.js';
import { type ClusterView, digestKey } from '../cluster-view.js';

/**
 * The CRL of one side of a member; undefined where it has none.
 *
 * @internal
 */
export function revocationsOf(
  { root }: MemberView,
  { crl }: TlsView,
  view: ClusterView,
): RevocationFile | undefined {
  return crl === undefined ? undefined : view.revocations.get(digestKey(root.name, crl));
}

/**
 * The first serial number of a pair that the CRL lists; etcd compares those of whatever issuer (etcd
 * `client/pkg/transport/listener_tls.go`, checkCRL).
 *
 * @internal
 */
export function revokedSerial(pair: Pair | undefined, list: RevocationFile | undefined): string | undefined {
  if (pair?.leaf === undefined || list === undefined) return undefined;
  return [pair.leaf, ...pair.intermediates].find(({ serialNumber }) => list.serialNumbers.has(serialNumber))
    ?.serialNumber;
}

/**
 * Why etcd cannot read a CRL, and so refuses everybody; in its words.
 *
 * @internal
 */
export function revocationFault(member: MemberView, side: TlsView, view: ClusterView): string | undefined {
  const list = revocationsOf(member, side, view);
  if (list === undefined || list.form === 'unread' || !isSecure(member, side)) return undefined;
  const readsPem = isInSpan(member.settings.version, { until: '3.5' });
  if (list.form === 'missing') return `open ${side.crl}: no such file or directory`;
  if (list.form === 'none' || (list.form === 'pem' && !readsPem)) return 'x509: malformed crl';
  return list.version < 2 && !readsPem ? 'x509: unsupported crl version' : undefined;
}

/** Without TLS nobody presents a certificate, and nobody reads the list. */
function isSecure(
  { urlsKnown, listenPeer, listenClient, listenHttp }: MemberView,
  { prefix }: TlsView,
): boolean {
  const urls = prefix === 'peer-' ? listenPeer : [...listenClient, ...listenHttp];
  return !urlsKnown || urls.some(({ scheme }) => scheme === 'https' || scheme === 'unixs');
}

/** @internal */
export function revokedWords(serial: string): string {
  return `transport: certificate serial ${serial} revoked`;
}
