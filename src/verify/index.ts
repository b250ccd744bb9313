/**
 * What etcd would say of a bundle, a tarball or host roots, and what its messages mean. A separate entry: what judges foreign bytes is no
 * part of what makes keys.
 *
 * @packageDocumentation
 */

export type { CryptoProvider, KeyPair, SignatureScheme, Signer } from '../crypto/provider.js';
export { type WebCrypto, webCryptoProvider } from '../crypto/webcrypto.js';
export type { WebCryptoAlgorithm, WebCryptoBytes, WebCryptoSubtle } from '../crypto/webcrypto-subtle.js';
export type { Diagnosing, Diagnosis, Explanation, UnknownMessage } from '../explain/diagnosis.js';
export { explainMessage, startDiagnosis } from '../explain/diagnosis.js';
export type { HostRoot, RootDirectory, RootFile, RootOwner, WithheldSecret } from '../host/host-root.js';
export type {
  CertificateEnding,
  Ending,
  EndingHolder,
  EndingState,
  ExpiryOptions,
  ExpiryReport,
  RevocationListEnding,
} from './expiry/ending.js';
export { isDue } from './expiry/ending.js';
export type { HostExpiryOptions } from './expiry/hosts.js';
export { expiryOfHosts } from './expiry/hosts.js';
export type { ManifestExpiryOptions } from './expiry/manifest.js';
export { expiryOfManifest } from './expiry/manifest.js';
export type { Expiry, Finding, FindingLevel, Verification, VerificationSummary } from './finding.js';
export { verifyBundle } from './verify-bundle.js';
export type { VerifyOptions } from './view-cluster.js';
