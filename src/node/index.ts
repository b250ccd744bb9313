/**
 * Reading documents and tarballs, packing, and writing the output folder, on Node.
 *
 * @packageDocumentation
 */
export type { ProgramDigest, ProgramName } from '../bundle/programs.js';
export { archiveBundle } from './archive.js';
export { readAuthorities } from './authorities.js';
export { readAuthority } from './authority.js';
export type { NodeCryptoProvider } from './crypto/node-crypto.js';
export { nodeCryptoProvider } from './crypto/node-crypto.js';
export type { RsaKeyPairOptions } from './crypto/rsa-key-pair.js';
export { sealPrivateKey } from './crypto/seal-private-key.js';
export type { ExpiryGap, ExpirySource, PathsExpiry, ReadFile } from './expiry-paths.js';
export { expiryOfPaths } from './expiry-paths.js';
export type { GenerateOptions } from './generate.js';
export { generateBundle, generateBundleWithPrograms } from './generate.js';
export type { HandshakeRefusal, HandshakeResult } from './handshake/handshake-result.js';
export { type CertificateDescription, readCertificates } from './inspect/certificate.js';
export type { InspectedCertificate, InspectedFile, Inspection } from './inspect/inspect.js';
export { inspectPath } from './inspect/inspect.js';
export type { BundlePreview, PreviewAuthority, PreviewHost } from './preview.js';
export { previewBundle } from './preview.js';
export type { ReleaseProgram, ReleasePrograms } from './programs/release-archives.js';
export { readReleaseArchives } from './programs/release-archives.js';
export { readBundleAuthorities } from './read/bundle-authorities.js';
export type { AuthorityBytes, DocumentSource, ReadDocumentOptions } from './read/document.js';
export { readAuthorityFiles, readDocument } from './read/document.js';
export { readBundle } from './read/state.js';
export type { TarballFile } from './read/tarball.js';
export { readTarball } from './read/tarball.js';
export { reportOfPaths } from './report-paths.js';
export { readTrust } from './trust.js';
export { type WriteUpdateOptions, writeUpdate } from './update.js';
export type { PathsVerification, VerifyPathsOptions } from './verify-paths.js';
export { verifyPaths } from './verify-paths.js';
export { version } from './version.js';
export type { ViewPathsOptions } from './view-paths.js';
export type { OutputOptions, OutputResult } from './write/output.js';
export { checkOutputFolder, writeOutput } from './write/output.js';
export type { OutputFile, StreamedOutputFile } from './write/output-file.js';
export type { OutputSignal } from './write/until-aborted.js';
