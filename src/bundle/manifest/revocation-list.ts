import type { RevocationList } from '../../pki/revocation-list.js';
import { hexadecimal } from '../../text/hexadecimal.js';
import { formatTime } from '../../x509/time.js';
import type { ManifestRevocationList, ManifestRevokedCertificate } from './manifest.js';

/**
 * What the manifest says of a list.
 *
 * @param path - where members keep it
 * @param known - what is known of certificates that it lists, by their serial numbers
 * @internal
 */
export function describeRevocationList(
  { number, thisUpdate, nextUpdate, revoked, certificateList }: RevocationList,
  path: string,
  known?: ReadonlyMap<string, Pick<ManifestRevokedCertificate, 'id' | 'notAfter'>>,
): ManifestRevocationList {
  return {
    path,
    number,
    thisUpdate: formatTime(thisUpdate),
    nextUpdate: formatTime(nextUpdate),
    revoked: revoked.map(({ serialNumber, at, reason }) => ({
      serialNumber,
      at: formatTime(at),
      reason,
      ...known?.get(serialNumber),
    })),
    list: hexadecimal(certificateList),
  };
}
