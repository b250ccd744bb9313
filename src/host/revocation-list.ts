import { hexadecimal } from '../text/hexadecimal.js';
import { decodePem } from '../x509/read/pem.js';
import type { RootFile } from './host-root.js';

/**
 * A CRL as etcd's releases read it.
 *
 * @internal
 */
export interface RevocationFile {
  readonly form: 'der' | 'pem' | 'none' | 'missing' | 'unread';
  /** Of what was not read. */
  readonly why?: string;
  /** 1 or 2; Go's newer parser wants 2. */
  readonly version: number;
  /** Hexadecimal without leading zeros. */
  readonly serialNumbers: ReadonlySet<string>;
}

const MAX_BYTES = 4_194_304;
const NONE: RevocationFile = { form: 'none', version: 0, serialNumbers: new Set() };

/**
 * Reads a CRL, DER or PEM.
 *
 * @internal
 */
export async function readRevocationFile(
  file: RootFile | undefined,
  unread?: string,
): Promise<RevocationFile> {
  if (file === undefined && unread !== undefined) return { ...NONE, form: 'unread', why: unread };
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
