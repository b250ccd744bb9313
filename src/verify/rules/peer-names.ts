import { isGateOn } from '../../host/settings/settings.js';
import type { CertificateView } from '../../x509/read/certificate.js';
import { checksSource, peerDials, peerLevel, peerSourceOf } from '../dials/peer-dials.js';
import type { Rule } from '../rule.js';
import { hostNameFault } from '../trust/host-name.js';
import { sourceFault } from '../trust/peer-source.js';

/** @internal */
export const peerNames: Rule = {
  name: 'peer-names',
  summary: "A peer's certificate matches the host of the URL at which it is dialled.",
  levels: ['error', 'warning'],
  source: 'RFC 9525, 6; Go crypto/x509, VerifyHostname; etcd-io/etcd#9276',
  *check(view) {
    for (const { to, url } of peerDials(view)) {
      const leaf = to.peer.pair?.leaf;
      if (url.scheme !== 'https' || leaf === undefined || url.host === '') continue;
      const says = hostNameFault(leaf, url.host);
      if (says === undefined) continue;
      yield {
        level: peerLevel(to, view),
        member: to.label,
        path: to.peer.pair?.certificate.path ?? '',
        message: `Peers connect to ${url.host}, which is not among the names of the peer certificate: ${namesOf(leaf)}.`,
        cure: `Issue it with ${url.host} among its subject alternative names; the common name does not count.`,
        etcdSays: says,
      };
    }
  },
};

/** @internal */
export const peerSource: Rule = {
  name: 'peer-source',
  summary: "A dialling peer's certificate matches the address that its connection comes from.",
  levels: ['error', 'warning'],
  source: 'etcd client/pkg/transport/listener_tls.go, checkCertSAN; etcd-io/etcd#8268, #8797, #12562',
  *check(view) {
    for (const dial of peerDials(view)) {
      const { from, to, url } = dial;
      const leaf = from.peer.ownClientPair?.leaf;
      if (url.scheme !== 'https' || leaf === undefined || !checksSource(to)) continue;
      const source = peerSourceOf(dial, view.members);
      const fault = sourceFault(leaf, source);
      if (fault === undefined) continue;
      const isGated = isGateOn(from.settings, 'SetMemberLocalAddr');
      yield {
        level: fault.certain ? peerLevel(from, view) : 'warning',
        member: from.label,
        path: from.peer.ownClientPair?.certificate.path ?? '',
        message: `Peers see it come from ${source.addresses.join(' or ') || source.names.join(' or ') || 'an unknown address'}, which is not among the names of its certificate: ${namesOf(leaf)}.`,
        cure: fault.certain
          ? `Issue it with every address that this member may connect from${isGated ? '' : ', or set the feature gate SetMemberLocalAddr if it has several'}.`
          : 'Issue it with an IP address: DNS names are accepted only where a reverse or forward lookup on the peer leads to it.',
        etcdSays: fault.says,
      };
    }
  },
};

/**
 * The names of a certificate, for a message.
 *
 * @internal
 */
export function namesOf({ dnsNames, ipAddresses }: CertificateView): string {
  const names = [...dnsNames, ...ipAddresses];
  if (names.length === 0) return 'it has none';
  return names.length > 12
    ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`
    : names.join(', ');
}
