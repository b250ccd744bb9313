import {
  describeBundle,
  describeTarball,
  type ManifestCertificate,
  type ManifestFile,
  type ManifestTarball,
} from '../bundle/manifest.js';
import { renderBundles } from '../bundle/render.js';
import type { ClusterSpec } from '../cluster-spec.js';
import type { CryptoProvider, KeyPair } from '../crypto/provider.js';
import { type IssueOptions, issuePki } from '../pki/issue.js';
import { planCertificates } from '../pki/plan.js';
import type { KeyAlgorithm } from '../x509/key-algorithm.js';

/**
 * What a bundle would contain, except what depends on the keys.
 *
 * @public
 */
export interface BundlePreview {
  readonly tarballs: readonly PreviewTarball[];
  readonly certificates: readonly Omit<ManifestCertificate, 'serialNumber' | 'fingerprint'>[];
}

/** @public */
export interface PreviewTarball extends Omit<ManifestTarball, 'sha256' | 'files'> {
  readonly files: readonly Omit<ManifestFile, 'sha256'>[];
}

/**
 * Runs the whole generation, so that every error appears, but with one key of each kind instead of one per certificate.
 *
 * @throws EtcdBundleError as issuePki does
 * @public
 */
export async function previewBundle(spec: ClusterSpec, options: IssueOptions): Promise<BundlePreview> {
  const crypto = withOneKeyPerAlgorithm(options.crypto);
  const pki = await issuePki(spec, planCertificates(spec), { ...options, crypto });
  const tarballs: ManifestTarball[] = [];
  for (const bundle of renderBundles(spec, pki))
    tarballs.push(await describeTarball(bundle, '', crypto.digest));
  const { digest } = crypto;
  const manifest = await describeBundle(spec, pki, tarballs, { document: '', generator: '', digest });
  return {
    tarballs: manifest.tarballs.map(({ sha256: _, files, ...tarball }) => ({
      ...tarball,
      files: files.map(({ sha256: __, ...file }) => file),
    })),
    certificates: manifest.certificates.map(
      ({ serialNumber: _, fingerprint: __, ...certificate }) => certificate,
    ),
  };
}

function withOneKeyPerAlgorithm(crypto: CryptoProvider): CryptoProvider {
  const keyPairs = new Map<KeyAlgorithm, Promise<KeyPair>>();
  return {
    ...crypto,
    generateKeyPair: (algorithm) => {
      const keyPair = keyPairs.get(algorithm) ?? crypto.generateKeyPair(algorithm);
      keyPairs.set(algorithm, keyPair);
      return keyPair;
    },
  };
}
