/** RFC 7468, 10 and 11; RFC 5915, 4; RFC 8017 by custom. A label without its closing dashes has a key after it all the same. */
const LABEL = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/;

/**
 * True where text holds a private key in PEM of whatever kind, whether its lines were kept or folded.
 *
 * @internal
 */
export function holdsPrivateKey(text: string): boolean {
  return LABEL.test(text);
}
