import { hostNamesOf, type Manifest, type ManifestCertificate } from './manifest.js';

/**
 * The leaf that a host keeps in a file.
 *
 * @param path - absolute on the host
 * @internal
 */
export function leafAt(manifest: Manifest, host: string, path: string): ManifestCertificate | undefined {
  return manifest.certificates.find((leaf) => leaf.path === path && hostNamesOf(leaf.holder).includes(host));
}

/**
 * The leaf whose key a host keeps in a file.
 *
 * @param path - of the key, absolute on the host
 * @internal
 */
export function leafOfKeyAt(manifest: Manifest, host: string, path: string): ManifestCertificate | undefined {
  return manifest.certificates.find(
    (leaf) => leaf.keyPath === path && hostNamesOf(leaf.holder).includes(host),
  );
}
