import type { MemberSpec } from '../cluster-spec.js';
import { type Host, hostText, parseHost, sameHost } from '../net/host.js';

/**
 * The SANs of the certificates that one member serves with, on the client port and between peers; none where it has no TLS.
 *
 * @internal
 */
export interface EtcdAltNames {
  readonly server: readonly Host[];
  readonly peer: readonly Host[];
}

/** What kubeadm puts into both certificates by itself, besides name and address (kubeadm `pkiutil.getAltNames`). */
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/**
 * A list for `serverCertSANs` or `peerCertSANs`: the member's address first, as the guide writes it, then what kubeadm would not
 * add by itself. kubeadm sorts DNS names and keeps the order of IP addresses, as we do, so both lists come to the same.
 *
 * @internal
 */
export function extraAltNames(altNames: readonly Host[], member: MemberSpec): readonly string[] {
  if (altNames.length === 0) return [];
  const [address] = member.addresses;
  const derived = [member.name, ...LOOPBACK].flatMap((text) => parseHost(text) ?? []);
  const rest = altNames.filter(
    (host) => !sameHost(host, address) && !derived.some((other) => sameHost(other, host)),
  );
  return [address, ...rest].map(hostText);
}
