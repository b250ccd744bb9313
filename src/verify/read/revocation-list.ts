import { hexadecimal } from '../../x509/hexadecimal.js';
import type { RevocationFile } from '../cluster-view.js';
import type { RootFile } from '../host-root.js';
import { decodePem } from './pem.js';

const MAX_BYTES = 4_194_304;
const NONE: RevocationFile = { form: 'none', version: 0, serialNumbers: new Set() };

/**
 * Reads a CRL, DER or PEM.
 *
 * @internal
 */
export async function readRevocationFile(file: RootFile | undefined): Promise<RevocationFile> {
  if (file === undefined) return { ...NONE, form: 'missing' };
  if (file.bytes.length > MAX_BYTES) return NONE;
  const [block] = decodePem(file.bytes);
  const { CertificateRevocationList } = await import('pkijs');
  try {
    const list = CertificateRevocationList.fromBER(new Uint8Array(block?.bytes ?? file.bytes));
    const serials = (list.revokedCertificates ?? []).map(({ userCertificate }) =>
      hexadecimal(userCertificate.valueBlock.valueHexView).replace(/^0+(?=.)/, ''),
    );
    return {
      form: block === undefined ? 'der' : 'pem',
      version: (list.version ?? 0) + 1,
      serialNumbers: new Set(serials),
    };
  } catch {
    return NONE;
  }
}
