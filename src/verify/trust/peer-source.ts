import { parseIpAddress } from '../../net/ip-address.js';
import { goQuote } from '../../text/go-quote.js';
import type { CertificateView } from '../../x509/read/certificate.js';

/**
 * Where a peer's connection may come from.
 *
 * @internal
 */
export interface PeerSource {
  /** Canonical addresses, any of which it may be. */
  readonly addresses: readonly string[];
  /** DNS names that are known to be its own. */
  readonly names: readonly string[];
  /** Names that are known to be somebody else's. */
  readonly foreignNames: Pick<readonly string[], 'includes'>;
}

/** @internal */
export interface SourceFault {
  /** Whether the files alone tell; otherwise the network's DNS has the last word. */
  readonly certain: boolean;
  readonly says: string;
}

/**
 * Checks a peer's client certificate against the address that it comes from, in etcd's own order (etcd
 * `client/pkg/transport/listener_tls.go`, checkCertSAN): without SANs nothing is checked; a matching address settles it; otherwise
 * DNS names decide, wildcards by reverse lookup, the others by forward lookup as well.
 *
 * @internal
 */
export function sourceFault(certificate: CertificateView, source: PeerSource): SourceFault | undefined {
  const { ipAddresses, dnsNames } = certificate;
  const { addresses, names } = source;
  if (ipAddresses.length === 0 && dnsNames.length === 0) return undefined;
  if (addresses.length === 0 && dnsNames.some((name) => names.includes(name.toLowerCase()))) return undefined;
  if (addresses.some((address) => ipAddresses.includes(address))) return undefined;
  const shown = addresses[0] ?? names[0] ?? 'its address';
  if (dnsNames.length === 0)
    return addresses.length === 0
      ? { certain: false, says: '' }
      : { certain: true, says: `x509: certificate is valid for ${ipAddresses.join(', ')}, not ${shown}` };
  if (dnsNames.some((name) => resolvesTo(name.toLowerCase(), source))) return undefined;
  const says = `tls: "${shown}" does not match any of DNSNames [${dnsNames.map(goQuote).join(' ')}]`;
  const isOpen = dnsNames.some((name) => mayResolve(name.toLowerCase(), source));
  return { certain: !isOpen && addresses.length > 0, says };
}

/** `localhost` is loopback (RFC 6761, 6.3), and a member's own names lead to it. */
function resolvesTo(name: string, { addresses, names }: PeerSource): boolean {
  if (names.includes(name)) return true;
  return name === 'localhost' && addresses.some((address) => isLoopbackText(address));
}

/** A wildcard or a full name may be in DNS; a bare host name that nobody here has hardly is. */
function mayResolve(name: string, { foreignNames }: PeerSource): boolean {
  return name.startsWith('*.') || (name.includes('.') && !foreignNames.includes(name));
}

function isLoopbackText(address: string): boolean {
  const parsed = parseIpAddress(address);
  return parsed !== undefined && (parsed.address === '::1' || parsed.address === '127.0.0.1');
}
