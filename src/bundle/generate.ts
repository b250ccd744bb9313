import type { ClusterSpec } from '../cluster-spec.js';
import type { CryptoProvider } from '../crypto/provider.js';
import { EtcdBundleError } from '../errors.js';
import { planInitialCluster } from '../etcd/initial-cluster.js';
import { type IssueOptions, startIssuing } from '../pki/issue.js';
import type { IssuedAuthority, IssuedLeaf } from '../pki/pki.js';
import { planCertificates } from '../pki/plan.js';
import { hexadecimal } from '../text/hexadecimal.js';
import { concatOctets } from '../text/octets.js';
import { byHost } from './by-host.js';
import type { HostBundle } from './file-plan.js';
import { describeBundle, describeHost, describeLeaf } from './manifest/describe.js';
import { manifestWriter, type TextStore } from './manifest/write.js';
import type { ProgramFile } from './programs.js';
import { planHosts, renderHost } from './render.js';
import { renderRunbook } from './runbook.js';

const MANIFEST = 'bundle.json';

/**
 * One file of the output folder.
 *
 * @public
 */
export interface BundleFile {
  /** Relative to the output folder: a name, or `ca/` and a name. */
  readonly path: string;
  /** Permission bits, as 0o600. */
  readonly mode: number;
  /** The whole contents. */
  readonly bytes: Uint8Array;
}

/**
 * What `generate` takes: as the main entry's, with gzip and this package's version given already.
 *
 * @public
 */
export interface GenerateOptions extends IssueOptions {
  /** Text that the spec was read from: the manifest keeps it. */
  readonly document: string;
  /** Name and version of the program, for the manifest. */
  readonly generator: string;
  /**
   * Puts the key of a CA, PEM, under a passphrase, as PEM again, before it is written; absent: it is written as it is. `sealPrivateKey` of
   * `etcd-bundle/node` does so.
   */
  readonly sealAuthorityKey?: (privateKey: string) => Promise<string>;
  /** Packs one host's files: the bytes of `<name>.tar.gz`. */
  readonly archive: (bundle: HostBundle) => Promise<Uint8Array>;
}

/**
 * Makes everything of a bundle, file by file: the authorities first, then each tarball as soon as its keys are made, then what describes
 * them. No host's keys are kept once its tarball is made.
 *
 * @throws EtcdBundleError as issuePki does, and `invalid-spec` where the document names `etcd.archive`, whose programs come from
 * generateBundleWithPrograms of `etcd-bundle/node` alone, or members that get CA keys, while these are to be under a passphrase
 * @example
 * ```ts
 * const files = generateBundle(spec, { crypto: webCryptoProvider(crypto), now, document, generator: 'my page', archive });
 * for await (const { path, bytes } of files) save(path, bytes);
 * ```
 * @public
 */
export async function* generateBundle(
  spec: ClusterSpec,
  options: GenerateOptions,
): AsyncGenerator<BundleFile, void, undefined> {
  refuseUnreadArchive(spec);
  const { archive, crypto } = options;
  yield* generateFiles(spec, options, {
    tarball: (bundle) => packWhole(bundle, archive, crypto),
    manifest: (path, pieces) => digested({ path, mode: 0o644, bytes: concatOctets(...pieces) }, crypto),
  });
}

/**
 * Where the programs that a document names are not given, no tarball may go without them.
 *
 * @throws EtcdBundleError `invalid-spec`
 * @internal
 */
export function refuseUnreadArchive({ etcd }: ClusterSpec): void {
  if (etcd.archive === undefined) return;
  throw new EtcdBundleError('invalid-spec', [
    {
      code: 'archive-not-read',
      path: 'etcd.archive',
      message: 'The programs of an archive are not read here.',
      cure: 'Give what readReleaseArchives of etcd-bundle/node reads to a function that takes programs, or remove etcd.archive.',
    },
  ]);
}

/**
 * Hosts read CA keys as they are: kubeadm asks for no passphrase.
 *
 * @throws EtcdBundleError `invalid-spec`
 * @internal
 */
export function refuseSealedOnHosts(
  { certificates }: ClusterSpec,
  { sealAuthorityKey }: Pick<GenerateOptions, 'sealAuthorityKey'>,
): void {
  if (sealAuthorityKey === undefined || certificates.caKeyOn.length === 0) return;
  throw new EtcdBundleError('invalid-spec', [
    {
      code: 'sealed-key-on-host',
      path: 'certificates.caKeyOn',
      message: 'CA keys under a passphrase would lie on these members without one.',
      cure: 'Remove certificates.caKeyOn, or leave the passphrase out.',
    },
  ]);
}

/**
 * What the large files of a bundle come as: in one piece, or as streams.
 *
 * @internal
 */
export interface BundleForm<File> {
  readonly tarball: (bundle: HostBundle) => Promise<PackedTarball<File>>;
  /** @param pieces - which may be read again later; each holds until the next one is taken */
  readonly manifest: (path: string, pieces: Iterable<Uint8Array>) => Promise<DigestedFile<File>>;
  /** Where parts of the manifest wait for the others; memory where it is absent. */
  readonly openStore?: () => TextStore;
}

/**
 * A file of the bundle, and what SHA256SUMS says of it.
 *
 * @internal
 */
export interface DigestedFile<File> {
  readonly file: File;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * One host's tarball, packed.
 *
 * @internal
 */
export interface PackedTarball<File> extends DigestedFile<File> {
  /** What it holds besides the bundle's files. */
  readonly programs: readonly ProgramFile[];
}

/**
 * A tarball in one piece.
 *
 * @internal
 */
export async function packWhole(
  bundle: HostBundle,
  archive: GenerateOptions['archive'],
  crypto: Pick<CryptoProvider, 'digest'>,
): Promise<PackedTarball<BundleFile>> {
  const path = `${bundle.name}.tar.gz`;
  return { ...(await digested({ path, mode: 0o600, bytes: await archive(bundle) }, crypto)), programs: [] };
}

/**
 * {@link generateBundle} with its large files in any form.
 *
 * @internal
 */
export async function* generateFiles<File>(
  spec: ClusterSpec,
  options: Omit<GenerateOptions, 'archive'>,
  form: BundleForm<File>,
): AsyncGenerator<BundleFile | File, void, undefined> {
  refuseSealedOnHosts(spec, options);
  const { digest } = options.crypto;
  const plans = planCertificates(spec);
  const { leaves, ...pki } = await startIssuing(spec, plans, options);
  const { authorities } = pki;
  yield* authorityFiles(authorities, options);
  const sums: string[] = [];
  const addSum = (sha256: string, path: string): void => void sums.push(`${sha256}  ${path}\n`);
  const manifest = manifestWriter(planInitialCluster(spec), form.openStore);
  const ends: Pick<IssuedLeaf, 'plan' | 'notAfter'>[] = [];
  for await (const { host, held, issued } of byHost(planHosts(spec), plans, leaves)) {
    const bundle = renderHost(host, { ...pki, leaves: held });
    const { file, sha256, programs } = await form.tarball(bundle);
    addSum(sha256, `${bundle.name}.tar.gz`);
    manifest.addHost(await describeHost(bundle, sha256, digest, programs));
    for (const leaf of issued) {
      manifest.addCertificate(await describeLeaf(leaf, digest));
      ends.push({ plan: leaf.plan, notAfter: leaf.notAfter });
    }
    yield file;
  }
  const head = await describeBundle(spec, pki, { ...options, digest });
  const runbook = textFile('RUNBOOK.md', renderRunbook(spec, { ...pki, leaves: ends }));
  addSum((await digested(runbook, options.crypto)).sha256, runbook.path);
  yield runbook;
  const { file, sha256 } = await form.manifest(MANIFEST, manifest.finish(head));
  addSum(sha256, MANIFEST);
  yield file;
  yield textFile('SHA256SUMS', sums.join(''));
}

async function digested(
  file: BundleFile,
  { digest }: Pick<CryptoProvider, 'digest'>,
): Promise<DigestedFile<BundleFile>> {
  return { file, sha256: hexadecimal(await digest('SHA-256', file.bytes)) };
}

/**
 * The folder `ca/`, for the operator alone: a brought authority too, so that renewing takes this folder and nothing else.
 *
 * @param suffix - of the names of CAs that do not sign yet: `.next`
 * @internal
 */
export async function* authorityFiles(
  authorities: readonly IssuedAuthority[],
  { sealAuthorityKey }: Pick<GenerateOptions, 'sealAuthorityKey'>,
  suffix = '',
): AsyncGenerator<BundleFile, void, undefined> {
  for (const { plan, certificate, chain, privateKey } of authorities) {
    const pem = sealAuthorityKey === undefined ? privateKey : await sealAuthorityKey(privateKey);
    const key = new TextEncoder().encode(pem);
    yield { path: `ca/${plan.id}${suffix}.key`, mode: 0o600, bytes: key };
    yield textFile(`ca/${plan.id}${suffix}.crt`, chain === undefined ? certificate : chain);
  }
}

/**
 * A text of the output folder.
 *
 * @internal
 */
export function textFile(path: string, text: string): BundleFile {
  return { path, mode: 0o644, bytes: new TextEncoder().encode(text) };
}
