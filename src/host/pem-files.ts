import type { CryptoProvider } from '../crypto/provider.js';
import { normalizePath } from '../text/path.js';
import type { CertificateView, ReadResult } from '../x509/read/certificate.js';
import { readCertificate } from '../x509/read/certificate-reader.js';
import { DerFault, derReader } from '../x509/read/der-reader.js';
import { decodePem, type PemBlock } from '../x509/read/pem.js';
import { isEncryptedKey, type PrivateKeyView, readPrivateKey } from '../x509/read/private-key.js';
import { readPublicKey } from '../x509/read/public-key.js';
import type { RootFile, RootIndex, WithheldSecret } from './host-root.js';

/**
 * A PEM file as etcd would load it.
 *
 * @internal
 */
export interface PemFile {
  /** Absolute on the host. */
  readonly path: string;
  /** Undefined where there is no such file. */
  readonly file: RootFile | undefined;
  /** Why nobody can say whether there is one; undefined where there is one, or none. */
  readonly unread: string | undefined;
  readonly blocks: readonly PemBlock[];
  /** One for each CERTIFICATE block. */
  readonly certificates: readonly ReadResult<CertificateView>[];
  /** Certificates of all blocks regardless of their type, which is how etcd reads a CA file. */
  readonly pool: readonly CertificateView[];
  /** Go's error for the first block that does not contain a certificate, as etcd reads a CA file. */
  readonly poolFault: string | undefined;
  readonly key: ReadResult<PrivateKeyView> | undefined;
  readonly encrypted: boolean;
}

/**
 * Where a file lies that a path leads to by a link; the path itself where it does not.
 *
 * @internal
 */
export function realPath({ path, file }: Pick<PemFile, 'path' | 'file'>): string {
  return file?.linkTo === undefined ? path : normalizePath(file.linkTo);
}

/** Loads files of hosts, each once. */
export interface Materials {
  readonly load: (root: RootIndex, path: string) => Promise<PemFile>;
  /** Every certificate that was loaded, each once. */
  readonly certificates: () => ReadonlyMap<string, CertificateView>;
}

/** A CA bundle of a distribution has a quarter of that. */
const MAX_BYTES = 1_048_576;

/** @internal */
export function loadMaterials({ publicKeyOf }: Pick<CryptoProvider, 'publicKeyOf'>): Materials {
  const loaded = new Map<RootIndex, Map<string, Promise<PemFile>>>();
  const certificates = new Map<string, CertificateView>();

  async function read(root: RootIndex, path: string): Promise<PemFile> {
    const file = root.find(path);
    const blocks = file === undefined || file.bytes.length > MAX_BYTES ? [] : decodePem(file.bytes);
    const results = blocks.map((block) => ({ type: block.type, read: readCertificate(block.bytes) }));
    const pool = results.find((result) => result.read.type === 'fault')?.read;
    for (const { read: result } of results)
      if (result.type === 'ok') certificates.set(result.value.id, result.value);
    const hasKey = blocks.some(({ type }) => type.endsWith('PRIVATE KEY'));
    return {
      path,
      file,
      unread: file === undefined ? root.unread(path) : undefined,
      blocks,
      certificates: results.filter(({ type }) => type === 'CERTIFICATE').map((result) => result.read),
      pool: results.flatMap(({ read: result }) => (result.type === 'ok' ? [result.value] : [])),
      poolFault: pool?.type === 'fault' ? pool.says : undefined,
      key:
        file?.withheld === undefined
          ? hasKey
            ? await readPrivateKey(publicKeyOf, blocks)
            : undefined
          : { type: 'ok', value: withheldKey(file.withheld) },
      encrypted: blocks.some(isEncryptedKey),
    };
  }

  return {
    certificates: () => certificates,
    load: (root, wanted) => {
      const path = normalizePath(wanted);
      const ofRoot = loaded.get(root) ?? new Map<string, Promise<PemFile>>();
      loaded.set(root, ofRoot);
      const file = ofRoot.get(path) ?? read(root, path);
      ofRoot.set(path, file);
      return file;
    },
  };
}

/** As if it had been read: only its public half is ever looked at. */
function withheldKey({ publicKey }: WithheldSecret): PrivateKeyView {
  if (publicKey === undefined) return { type: 'unknown' };
  try {
    const view = readPublicKey(derReader(publicKey));
    return view.type === 'other' ? { type: 'unknown' } : view;
  } catch (error) {
    if (error instanceof DerFault) return { type: 'unknown' };
    throw error;
  }
}
