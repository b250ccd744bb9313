import { encodeBase64 } from '../text/base64.js';

/**
 * What stands between the dashes. Private keys are in the algorithm's own encoding, as kubeadm writes them, and PKCS#8 where they are under a
 * passphrase.
 *
 * @internal
 */
export type PemLabel =
  | 'CERTIFICATE'
  | 'EC PRIVATE KEY'
  | 'RSA PRIVATE KEY'
  | 'PRIVATE KEY'
  | 'ENCRYPTED PRIVATE KEY'
  | 'PUBLIC KEY';

/** Octets that fill a line of 64 characters (RFC 7468, 2). */
const OCTETS_PER_LINE = 48;

/**
 * PEM text (RFC 7468): lines of 64 characters, each ended by LF, the last one too.
 *
 * @internal
 */
export function encodePem(label: PemLabel, der: Uint8Array): string {
  const lines = [`-----BEGIN ${label}-----`];
  for (let start = 0; start < der.length; start += OCTETS_PER_LINE)
    lines.push(encodeBase64(der.subarray(start, start + OCTETS_PER_LINE)));
  lines.push(`-----END ${label}-----`, '');
  return lines.join('\n');
}
