import { parseIpAddress } from '../../net/ip-address.js';
import { asciiText } from '../../text/ascii-text.js';
import { hexadecimal } from '../../text/hexadecimal.js';
import { derReader, TAG } from './der-reader.js';

/** The class and form bits of an identifier octet (X.690, 8.1.2): what is left is the kind of the name. */
const KIND = 0x1f;

/**
 * Subject alternative names (RFC 5280, 4.2.1.6) in their own order, as OpenSSL abbreviates their kinds.
 *
 * @param extension - its value, which was read as Go reads it
 * @internal
 */
export function formatAltNames(extension: Uint8Array): readonly string[] {
  const names: string[] = [];
  const reader = derReader(extension).enter(TAG.sequence, 'x509: invalid subject alternative names');
  while (!reader.isEmpty()) {
    const { tag, content } = reader.any('x509: invalid subject alternative name');
    names.push(formatName(tag & KIND, content));
  }
  return names;
}

function formatName(kind: number, content: Uint8Array): string {
  switch (kind) {
    case 1:
      return `email:${latin1(content)}`;
    case 2:
      return `DNS:${latin1(content)}`;
    case 6:
      return `URI:${latin1(content)}`;
    case 7:
      return `IP:${formatIp(content)}`;
    default:
      return `other:[${kind}]`;
  }
}

/** Go takes names of ASCII alone, control characters among it. */
function latin1(content: Uint8Array): string {
  return asciiText([...content]);
}

function formatIp(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  const groups = hexadecimal(octets).match(/.{4}/g) ?? [];
  const address = parseIpAddress(groups.join(':'));
  if (address === undefined) return hexadecimal(octets);
  return address.version === 4 ? `::ffff:${address.address}` : address.address;
}
