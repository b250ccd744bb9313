import type { TrustedAuthority } from '../../pki/trusted-authority.js';
import type { UnixTime } from '../../x509/time.js';
import type { Manifest } from './manifest.js';

/**
 * The further CAs of a bundle, to be passed to issuePki where it is issued for again: their files need not be there any more.
 *
 * @returns none where the manifest has none
 * @example
 * ```ts
 * const { manifest, spec } = await readBundle('bundle');
 * const options = { crypto: nodeCryptoProvider(), now, trust: trustOfManifest(manifest) };
 * const pki = await issuePki(spec, planCertificates(spec), options);
 * ```
 * @public
 */
export function trustOfManifest({ trust = [] }: Manifest): readonly TrustedAuthority[] {
  return trust.map(({ generation, notBefore, notAfter, publicKey = '', ...rest }) => ({
    ...rest,
    publicKey,
    notBefore: secondsOf(notBefore),
    notAfter: secondsOf(notAfter),
  }));
}

function secondsOf(rfc3339: string): UnixTime {
  return Date.parse(rfc3339) / 1_000;
}
