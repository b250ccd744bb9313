import type { Issue } from '../../errors.js';
import { unreadableCertificate } from '../../verify/expiry/sightings.js';
import { blocksOf, type CertificateDescription, describeBlock } from './certificate.js';
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
  const shelf = new Shelf();
  const issues: Issue[] = [];
  const declared = await readDeclaredFiles(path);
  for await (const found of findFiles(path, issues)) {
    const place = found.tarball === undefined ? found.path : `${found.tarball}:${found.path}`;
    const hasAny = shelf.take(found, place, issues);
    files.push(describeFile(found, hasAny, declared.get(place)));
  }
  return { files, certificates: shelf.certificates(), issues };
}

/** Certificates that are described; a bundle of a thousand members has some four thousand. */
const MAX_CERTIFICATES = 20_000;

interface Described {
  readonly description: CertificateDescription;
  /** Each once. */
  readonly places: Set<string>;
}

/** Each certificate once, however many files hold it and however often. */
class Shelf {
  readonly #byBlock = new Map<string, Described>();
  readonly #byFingerprint = new Map<string, Described>();
  #isFull = false;

  certificates(): readonly InspectedCertificate[] {
    return [...this.#byFingerprint.values()].map(({ description, places }) => ({
      ...description,
      places: [...places],
    }));
  }

  /** @returns whether the file has certificates */
  take({ bytes }: FoundFile, place: string, issues: Issue[]): boolean {
    if (kindOf(bytes) !== 'certificate') return false;
    const taken = new Set<Described>();
    try {
      for (const block of blocksOf(bytes)) {
        const described = this.#describe(block);
        if (described === undefined) {
          if (!this.#isFull) issues.push(tooMany(place));
          this.#isFull = true;
          break;
        }
        taken.add(described);
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // Not every DER file is a certificate, but every PEM block says what it is.
      if (bytes[0] !== 0x30)
        issues.push(
          unreadableCertificate(
            place,
            `It contains a certificate that Go, and so etcd, cannot read: ${error.message}.`,
          ),
        );
      return false;
    }
    for (const { places } of taken) places.add(place);
    return taken.size > 0 || this.#isFull;
  }

  /** Undefined where there is no room for one more. */
  #describe(block: string | Uint8Array): Described | undefined {
    const key = typeof block === 'string' ? block : Buffer.from(block).toString('latin1');
    const known = this.#byBlock.get(key);
    if (known !== undefined) return known;
    if (this.#byBlock.size >= MAX_CERTIFICATES) return undefined;
    const description = describeBlock(block);
    const described = this.#byFingerprint.get(description.fingerprint) ?? { description, places: new Set() };
    this.#byBlock.set(key, described);
    this.#byFingerprint.set(description.fingerprint, described);
    return described;
  }
}

function tooMany(place: string): Issue {
  return {
    code: 'too-many-certificates',
    path: place,
    message: `With those before, there are more than ${MAX_CERTIFICATES} certificates; the others are not shown.`,
    cure: 'Name a file with fewer certificates.',
  };
}

function describeFile(
  { bytes, ...file }: FoundFile,
  hasCertificates: boolean,
  declared: DeclaredFile | undefined,
): InspectedFile {
  const shown = kindOf(bytes);
  const kind = shown === 'certificate' && !hasCertificates ? 'other' : shown;
  return { ...file, size: bytes.length, kind, ...declared };
}
