import type { CryptoProvider } from '../crypto/provider.js';
import { fromHexadecimal } from '../text/from-hexadecimal.js';
import type { UnixTime } from '../x509/time.js';
import type { Authority } from './authority.js';
import type { RevocationList, RevocationListPlan } from './revocation-list.js';
import { BACKDATE_SECONDS } from './sign.js';
import { signCertificateList } from './sign-certificate-list.js';

/**
 * Signs a list that is valid from now on as long as a leaf is, so that both are renewed together, and no longer than its CA.
 *
 * @param validity - seconds
 * @throws TypeError where the crypto provider makes a signature that the CA's own key does not verify
 * @internal
 */
export async function signRevocationList(
  authority: Authority,
  { number, revoked }: RevocationListPlan,
  {
    crypto,
    now,
    validity,
  }: { readonly crypto: CryptoProvider; readonly now: UnixTime; readonly validity: number },
): Promise<RevocationList> {
  const thisUpdate = now - BACKDATE_SECONDS;
  const nextUpdate = Math.max(Math.min(now + validity, authority.notAfter), thisUpdate);
  const revokedCertificates = revoked.map(({ serialNumber, at, reason }) => ({
    serialNumber: fromHexadecimal(serialNumber),
    revocationDate: at,
    // RFC 5280, 5.3.1: left out rather than unspecified.
    ...(reason === 'unspecified' ? {} : { reason }),
  }));
  const contents = { crlNumber: number, thisUpdate, nextUpdate, revokedCertificates };
  const certificateList = await signCertificateList(authority, contents, crypto);
  return { certificateList, number, thisUpdate, nextUpdate, revoked };
}
