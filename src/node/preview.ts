import { type GenerateOptions, refuseSealedOnHosts } from '../bundle/generate.js';
import { describeBundle, describeHost, describeLeaf } from '../bundle/manifest/describe.js';
import type {
  Manifest,
  ManifestAuthority,
  ManifestCertificate,
  ManifestCertificateContents,
  ManifestFile,
  ManifestHost,
} from '../bundle/manifest/manifest.js';
import { placePrograms } from '../bundle/programs.js';
import { renderBundles } from '../bundle/render.js';
import type { ClusterSpec } from '../cluster-spec.js';
import type { CryptoProvider, KeyPair } from '../crypto/provider.js';
import { type IssueOptions, issuePki } from '../pki/issue.js';
import { planCertificates } from '../pki/plan.js';
import type { KeyAlgorithm } from '../x509/key-algorithm.js';
import type { ReleasePrograms } from './programs/release-archives.js';

type DrawnContents = 'serialNumber' | 'fingerprint' | 'publicKey';

/**
 * What a bundle's manifest would say, as far as it does not depend on the keys.
 *
 * @public
 */
export interface BundlePreview {
  /** `3.7`, or a patch such as `3.6.16`. */
  readonly etcdVersion: string;
  /** Those that will sign, given ones included. */
  readonly authorities: readonly PreviewAuthority[];
  /** Further CAs whose clients members will let in; absent where there are none. */
  readonly trust?: NonNullable<Manifest['trust']>;
  /** Every leaf that will be issued. */
  readonly certificates: readonly Omit<ManifestCertificate, DrawnContents>[];
  /** One for each tarball. */
  readonly hosts: readonly PreviewHost[];
}

/**
 * An authority, without what is drawn only when it is issued.
 *
 * @public
 */
export interface PreviewAuthority extends Omit<ManifestAuthority, 'certificates'> {
  /** The one that signs first. */
  readonly certificates: readonly Omit<ManifestAuthority['certificates'][number], DrawnContents>[];
}

/**
 * A tarball and its files, without digests.
 *
 * @public
 */
export interface PreviewHost extends Omit<ManifestHost, 'tarball' | 'files'> {
  /** Its path, relative to the bundle. */
  readonly tarball: { readonly path: string };
  /** In the order of the tarball. */
  readonly files: readonly Omit<ManifestFile, 'sha256' | 'text'>[];
}

/**
 * Goes through all of generating, so that whatever would be wrong is said, with one key of each kind instead of one for each certificate.
 *
 * @param programs - of the document, where it names `etcd.archive`
 * @throws EtcdBundleError as issuePki does
 * @example
 * ```ts
 * const { hosts } = await previewBundle(spec, { crypto: nodeCryptoProvider(), now });
 * hosts.map(({ name }) => name); // => ['e1', 'e2', 'e3', 'admin']
 * ```
 * @public
 */
export async function previewBundle(
  spec: ClusterSpec,
  options: IssueOptions & Pick<GenerateOptions, 'sealAuthorityKey'>,
  programs?: ReleasePrograms,
): Promise<BundlePreview> {
  refuseSealedOnHosts(spec, options);
  const crypto = withOneKeyPerAlgorithm(options.crypto);
  const { digest } = crypto;
  const pki = await issuePki(spec, planCertificates(spec), { ...options, crypto, standInKeys: true });
  const hosts: ManifestHost[] = [];
  const members = new Map(spec.members.map((member) => [member.name, member]));
  for (const bundle of renderBundles(spec, pki)) {
    const member = bundle.kind === 'member' ? members.get(bundle.name) : undefined;
    const placed = member === undefined ? [] : placePrograms(spec.etcd, programs?.of(member) ?? []);
    hosts.push(await describeHost(bundle, '', digest, placed));
  }
  const certificates: ManifestCertificate[] = [];
  for (const leaf of pki.leaves) certificates.push(await describeLeaf(leaf, digest));
  const head = { document: '', generator: '', now: options.now, digest };
  return withoutDrawn({ ...(await describeBundle(spec, pki, head)), certificates, hosts });
}

function withoutDrawn({
  etcdVersion = '',
  authorities,
  trust,
  certificates,
  hosts,
}: Manifest): BundlePreview {
  return {
    etcdVersion,
    authorities: authorities.map((authority) => ({
      ...authority,
      certificates: authority.certificates.map(lasting),
    })),
    ...(trust === undefined ? {} : { trust }),
    certificates: certificates.map(lasting),
    hosts: hosts.map(({ files, ...host }) => ({
      ...host,
      tarball: { path: `${host.name}.tar.gz` },
      files: files.map(({ sha256, text, ...file }) => file),
    })),
  };
}

function lasting<T extends ManifestCertificateContents>({
  serialNumber,
  fingerprint,
  publicKey,
  ...contents
}: T): Omit<T, DrawnContents> {
  return contents;
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
