import type { Issue } from '../../errors.js';
import { type CertificateDescription, readCertificates } from './certificate.js';
import { type DeclaredFile, readDeclaredFiles } from './declared.js';
import { kindOf } from './file-kind.js';
import { type FoundFile, findFiles } from './find-files.js';

/**
 * What is in a bundle, a tarball, a folder or a certificate file.
 *
 * @public
 */
export interface Inspection {
  /** Those of a tarball behind it. */
  readonly files: readonly InspectedFile[];
  /** Each once, however many files hold it. */
  readonly certificates: readonly InspectedCertificate[];
  /** What could not be read. */
  readonly issues: readonly Issue[];
}

/**
 * A file of a bundle, a tarball or alone.
 *
 * @public
 */
export interface InspectedFile {
  /** The tarball that it is in, relative to what was inspected; absent for a file on disk. */
  readonly tarball?: string;
  /** In the tarball, otherwise relative to what was inspected. */
  readonly path: string;
  /** Four octal digits. */
  readonly mode: string;
  /** Bytes. */
  readonly size: number;
  /** `user:group`, of files in tarballs: as the bundle's manifest has it, otherwise as the tarball does. */
  readonly owner?: string;
  /** The manifest's kind, otherwise what the content shows: certificate, private-key, tarball or other. */
  readonly kind: string;
}

/**
 * A certificate of a file, with what the bundle's manifest says of it.
 *
 * @public
 */
export interface InspectedCertificate extends CertificateDescription {
  /** Files that hold it: `e1.tar.gz:etc/etcd/pki/ca.crt`, `ca/ca.crt`. */
  readonly places: readonly string[];
}

/**
 * Reads a file or everything below a folder, tarballs included. Links are not followed. Private keys are told from other files, and
 * nothing of them is returned.
 *
 * @param path - absolute, or relative to the working folder of the process
 * @throws EtcdBundleError `invalid-bundle` where there is nothing, `system` where something cannot be read
 * @example
 * ```ts
 * const { certificates } = await inspectPath('bundle/e1.tar.gz');
 * for (const { subject, notAfter } of certificates) console.log(subject, notAfter);
 * ```
 * @public
 */
export async function inspectPath(path: string): Promise<Inspection> {
  const files: InspectedFile[] = [];
  const certificates = new Map<string, InspectedCertificate>();
  const issues: Issue[] = [];
  const declared = await readDeclaredFiles(path);
  for await (const found of findFiles(path, issues)) {
    const place = found.tarball === undefined ? found.path : `${found.tarball}:${found.path}`;
    const read = await certificatesOf(found, place, issues);
    files.push(describeFile(found, read, declared.get(place)));
    for (const certificate of read) {
      const places = certificates.get(certificate.fingerprint)?.places ?? [];
      certificates.set(certificate.fingerprint, { ...certificate, places: [...places, place] });
    }
  }
  return { files, certificates: [...certificates.values()], issues };
}

function describeFile(
  { bytes, ...file }: FoundFile,
  certificates: readonly unknown[],
  declared: DeclaredFile | undefined,
): InspectedFile {
  const shown = kindOf(bytes);
  const kind = shown === 'certificate' && certificates.length === 0 ? 'other' : shown;
  return { ...file, size: bytes.length, kind, ...declared };
}

async function certificatesOf(
  { bytes }: FoundFile,
  place: string,
  issues: Issue[],
): Promise<readonly CertificateDescription[]> {
  if (kindOf(bytes) !== 'certificate') return [];
  try {
    return await readCertificates(bytes);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Not every DER file is a certificate, but every PEM block says what it is.
    const isPem = bytes[0] !== 0x30;
    const message = `It contains a certificate that Go, and so etcd, cannot read: ${error.message}.`;
    if (isPem)
      issues.push({
        code: 'unreadable-certificate',
        path: place,
        message,
        cure: 'Get the file again from where it was made.',
      });
    return [];
  }
}
