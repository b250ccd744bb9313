import { isInSpan } from '../../etcd/release-span.js';
import type { MemberView, TlsView } from '../../host/member-view.js';
import type { Pair } from '../../host/pair.js';
import type { RevocationFile } from '../../host/revocation-list.js';
import type { RevocationListView } from '../../x509/read/revocation-list.js';
import { type ClusterView, digestKey } from '../cluster-view.js';

/** What the release of a member makes of its CRL. */
type Revocations =
  | Exclude<RevocationFile, { readonly type: 'file' }>
  | {
      readonly type: 'fault';
      readonly says: string;
      readonly isPem: boolean;
      readonly isReadBefore36: boolean;
    }
  | { readonly type: 'ok'; readonly value: RevocationListView };

/**
 * The CRL of one side of a member, as its release of etcd reads it; undefined where it has none. From 3.6 on etcd reads with
 * `x509.ParseRevocationList` (etcd `client/pkg/transport/listener_tls.go`, checkCRL).
 *
 * @internal
 */
export function revocationsOf(
  { root, settings }: MemberView,
  { crl }: TlsView,
  view: ClusterView,
): Revocations | undefined {
  const file = crl === undefined ? undefined : view.revocations.get(digestKey(root.name, crl));
  if (file === undefined || file.type !== 'file') return file;
  const { ParseCRL, ParseRevocationList } = file.read;
  const result = isInSpan(settings.version, { until: '3.5' }) ? ParseCRL : ParseRevocationList;
  return result.type === 'ok'
    ? result
    : { ...result, isPem: file.isPem, isReadBefore36: ParseCRL.type === 'ok' };
}

/**
 * The first serial number of a pair that the CRL lists; etcd compares those of whatever issuer (etcd
 * `client/pkg/transport/listener_tls.go`, checkCRL).
 *
 * @internal
 */
export function revokedSerial(pair: Pair | undefined, list: Revocations | undefined): string | undefined {
  if (pair?.leaf === undefined || list?.type !== 'ok') return undefined;
  const { serialNumbers } = list.value;
  return [pair.leaf, ...pair.intermediates].find(({ serialNumber }) => serialNumbers.has(serialNumber))
    ?.serialNumber;
}

/**
 * Why etcd cannot read a CRL, and so refuses everybody; in its words.
 *
 * @internal
 */
export function revocationFault(member: MemberView, side: TlsView, view: ClusterView): string | undefined {
  const list = revocationsOf(member, side, view);
  if (list === undefined || list.type === 'ok' || list.type === 'unread' || !isSecure(member, side))
    return undefined;
  return list.type === 'missing' ? `open ${side.crl}: no such file or directory` : list.says;
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
