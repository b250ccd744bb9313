/** RFC 7468, 10 and 11; RFC 5915, 4; RFC 8017 by custom. A label without its closing dashes has a key after it all the same. */
const LABEL = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/;

/**
 * True if text contains any kind of private key in PEM, with its lines kept or folded.
 *
 * @internal
 */
export function holdsPrivateKey(text: string): boolean {
  return LABEL.test(text);
}
