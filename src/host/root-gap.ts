/**
 * A place of a host that was not read.
 *
 * @internal
 */
export interface RootGap {
  /** Relative to `/`; empty where it is about the whole root. */
  readonly path: string;
  /** A clause, such as `holds more than 20000 files`. */
  readonly why: string;
  /**
   * `limit`: anything may lie behind it. `refused`: the system did not let it be read. `left out`: it was seen, and is too much to go into.
   * `irregular`: it is no file, and its name is one of a file with certificates.
   */
  readonly kind: 'limit' | 'refused' | 'left out' | 'irregular';
}

const CERTIFICATE_NAME = /\.(?:crt|cert|cer|pem|crl)$/;

/**
 * Whether a path is named as files with certificates or revocation lists are.
 *
 * @internal
 */
export function isNamedAsCertificate(path: string): boolean {
  return CERTIFICATE_NAME.test(path);
}
