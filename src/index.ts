/**
 * One description of an etcd cluster in; certificates, systemd units, etcd and kubeadm configuration out. Nothing in here touches
 * a file, a clock or a global: effects come in as parameters.
 *
 * @packageDocumentation
 */
export type { Architecture } from './architectures.js';
export type { FileKind, FilePlan, HostBundle } from './bundle/file-plan.js';
export type { BundleFile, GenerateOptions } from './bundle/generate.js';
export { generateBundle } from './bundle/generate.js';
export type {
  Manifest,
  ManifestAuthority,
  ManifestAuthorityCertificate,
  ManifestBootstrap,
  ManifestCertificate,
  ManifestCertificateContents,
  ManifestChange,
  ManifestChangeItem,
  ManifestCluster,
  ManifestFile,
  ManifestHost,
  ManifestRevocationList,
  ManifestRevokedCertificate,
  ManifestTarball,
  ManifestTrustedAuthority,
} from './bundle/manifest/manifest.js';
export { readManifest } from './bundle/manifest/read.js';
export { trustOfManifest } from './bundle/manifest/trust.js';
export { type Gzip, packBundle } from './bundle/pack.js';
export type { ProgramDigest, ProgramName } from './bundle/programs.js';
export { renderBundles } from './bundle/render.js';
export { type RunbookPki, renderRunbook } from './bundle/runbook.js';
export type { BundleAuthorities, BundleState } from './bundle/state.js';
export type { AuthorityRole, CertificateProfile, PairRole } from './certificate-roles.js';
export type {
  CertificatesDocument,
  ClientDocument,
  ClusterDocument,
  DirectivesDocument,
  DirectiveValue,
  EtcdDocument,
  FilesDocument,
  IdentityDocument,
  KubernetesDocument,
  MemberDocument,
  SubjectDocument,
  SystemdDocument,
} from './cluster-document.js';
export type {
  AuthorityFiles,
  CertificatesSpec,
  ClientSpec,
  ClusterSpec,
  ClusterToken,
  ConfigStyle,
  DiscoverySpec,
  EtcdSetting,
  EtcdSpec,
  EtcdVersion,
  KubeadmApi,
  KubernetesSpec,
  MemberSpec,
  PairFiles,
  ReleaseArchiveSpec,
  SubjectSpec,
  SystemdDirective,
  SystemdSection,
  SystemdSpec,
} from './cluster-spec.js';
export type { CryptoProvider, KeyPair, SignatureScheme, Signer } from './crypto/provider.js';
export { type WebCrypto, webCryptoProvider } from './crypto/webcrypto.js';
export type { WebCryptoAlgorithm, WebCryptoBytes, WebCryptoSubtle } from './crypto/webcrypto-subtle.js';
export { type DocumentNotice, documentNotices } from './document/notices.js';
export { parseClusterDocument, parseClusterSpec } from './document/parse.js';
export type { EtcdBundleErrorCode, Issue } from './errors.js';
export { EtcdBundleError, formatIssue, isEtcdBundleError } from './errors.js';
export type { EtcdRelease } from './etcd-releases.js';
export { ETCD_RELEASES } from './etcd-releases.js';
export type { IssueCode, IssueKind } from './issue-codes.js';
export { ISSUE_CODES, issueKind } from './issue-codes.js';
export type { Endpoint } from './net/endpoint.js';
export { endpointUrl, parseEndpoint } from './net/endpoint.js';
export type { DnsName, Host } from './net/host.js';
export { hostInUrl, hostText, parseDnsName, parseHost, parseWildcardDnsName } from './net/host.js';
export type { IpAddress } from './net/ip-address.js';
export { parseIpAddress } from './net/ip-address.js';
export type { UnixSocket } from './net/unix-socket.js';
export type { Authority } from './pki/authority.js';
export type {
  AuthorityPlan,
  CertificatePlan,
  Holder,
  LeafPlan,
  PairPaths,
  PlannedContents,
} from './pki/certificate-plan.js';
export type { AbortSignalLike, IssueOptions } from './pki/issue.js';
export { issuePki } from './pki/issue.js';
export type { IssuedAuthority, IssuedLeaf, IssuedPair, Pki } from './pki/pki.js';
export { planCertificates } from './pki/plan.js';
export type { RenewalPolicy } from './pki/renewal.js';
export type { RevocationList, RevokedCertificate } from './pki/revocation-list.js';
export type { TokenKeys } from './pki/token-keys.js';
export type { TrustedAuthority } from './pki/trusted-authority.js';
export type { Effect } from './plan/effect.js';
export type { NamedCertificates } from './plan/named-certificates.js';
export { type LostMembers, planReplace } from './plan/plan-replace.js';
export { planRestore, type RestoreOptions } from './plan/plan-restore.js';
export { planRevocation, type RevocationOptions } from './plan/plan-revocation.js';
export { planRotation, type RotationOptions } from './plan/plan-rotation.js';
export { planUpdate, type WantedCluster } from './plan/plan-update.js';
export { type GivenPrograms, needsPrograms } from './plan/programs.js';
export { type RenderUpdateOptions, renderUpdate } from './plan/render-update.js';
export { planRenewal, type RenewalOptions } from './plan/renew.js';
export type { RotationDirection } from './plan/rotation.js';
export type { Step } from './plan/step.js';
export type {
  AuthorityRotation,
  Change,
  HostUpdate,
  RevocationListUpdate,
  Update,
  UpdatedFile,
} from './plan/update.js';
export type { PresetName } from './preset-names.js';
export { PRESET_NAMES } from './preset-names.js';
export type { IpRange } from './x509/constraint-set.js';
export type { AttributeType, DistinguishedName, NameAttribute } from './x509/distinguished-name.js';
export { formatDistinguishedName } from './x509/distinguished-name.js';
export type { ExtendedKeyUsage } from './x509/extended-key-usage.js';
export type { GeneralName } from './x509/general-name.js';
export type { KeyAlgorithm, SignatureHash } from './x509/key-algorithm.js';
export type { KeyUsage } from './x509/key-usage.js';
export type { NameConstraints, NameSubtrees } from './x509/name-constraints.js';
export type { NamedCurve } from './x509/named-curve.js';
export type { RevocationReason } from './x509/revocation-reason.js';
export type { UnixTime } from './x509/time.js';
export { formatTime } from './x509/time.js';
