import type { Host } from '../net/host.js';
import { ipAddressBytes } from '../net/ip-address.js';
import { asciiOctets, contextPrimitive } from './der.js';

/**
 * What a SAN can be here: an IP address or a DNS name, whose first label may be `*`.
 *
 * @public
 */
export type GeneralName = Host;

const DNS_NAME = 2;
const IP_ADDRESS = 7;

/**
 * dNSName as an IA5String, or iPAddress of 4 or 16 octets (RFC 5280, 4.2.1.6).
 *
 * @internal
 */
export function encodeGeneralName(name: GeneralName): Uint8Array {
  return name.type === 'ip'
    ? contextPrimitive(IP_ADDRESS, ipAddressBytes(name))
    : contextPrimitive(DNS_NAME, asciiOctets(name.name));
}

/**
 * A SAN for people: `DNS:e1.example.org`, `IP:10.0.0.1`.
 *
 * @internal
 */
export function formatGeneralName(name: GeneralName): string {
  return name.type === 'ip' ? `IP:${name.address}` : `DNS:${name.name}`;
}
