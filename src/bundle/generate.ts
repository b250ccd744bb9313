import type { ClusterSpec } from '../cluster-spec.js';
import type { CryptoProvider } from '../crypto/provider.js';
import { EtcdBundleError } from '../errors.js';
import { planInitialCluster } from '../etcd/initial-cluster.js';
import type { CertificatePlan } from '../pki/certificate-plan.js';
import { type IssueOptions, startIssuing } from '../pki/issue.js';
import type { IssuedAuthority, IssuedLeaf } from '../pki/pki.js';
import { planCertificates } from '../pki/plan.js';
import { hexadecimal } from '../text/hexadecimal.js';
import type { HostBundle } from './file-plan.js';
import { describeBundle, describeHost, describeLeaf } from './manifest/describe.js';
import { hostNamesOf } from './manifest/manifest.js';
import { manifestWriter } from './manifest/write.js';
import type { ProgramFile } from './programs.js';
import { type HostPlan, planHosts, renderHost } from './render.js';
import { renderRunbook } from './runbook.js';

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
  /** Packs one host's files: the bytes of `<name>.tar.gz`. */
  readonly archive: (bundle: HostBundle) => Promise<Uint8Array>;
}

/**
 * Makes everything of a bundle, file by file: the authorities first, then each tarball as soon as its keys are made, then what describes
 * them. No host's keys are kept once its tarball is made.
 *
 * @throws EtcdBundleError as issuePki does, and `invalid-spec` where the document names `etcd.archive`: programs come from
 * generateBundleWithPrograms of `etcd-bundle/node` alone
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
  if (spec.etcd.archive !== undefined)
    throw new EtcdBundleError('invalid-spec', [
      {
        code: 'archive-not-read',
        path: 'etcd.archive',
        message: 'The programs of an archive are not read here.',
        cure: 'Call generateBundleWithPrograms of etcd-bundle/node, or remove etcd.archive.',
      },
    ]);
  yield* generateFiles(spec, options, (bundle) => packWhole(bundle, options.archive, options.crypto));
}

/**
 * One host's tarball, packed.
 *
 * @internal
 */
export interface PackedTarball<File> {
  readonly file: File;
  /** Of the tarball's bytes, hexadecimal. */
  readonly sha256: string;
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
  { digest }: Pick<CryptoProvider, 'digest'>,
): Promise<PackedTarball<BundleFile>> {
  const bytes = await archive(bundle);
  const sha256 = hexadecimal(await digest('SHA-256', bytes));
  return { file: { path: `${bundle.name}.tar.gz`, mode: 0o600, bytes }, sha256, programs: [] };
}

/**
 * {@link generateBundle} with tarballs in any form, such as streams.
 *
 * @internal
 */
export async function* generateFiles<File>(
  spec: ClusterSpec,
  options: Omit<GenerateOptions, 'archive'>,
  pack: (bundle: HostBundle) => Promise<PackedTarball<File>>,
): AsyncGenerator<BundleFile | File, void, undefined> {
  const { digest } = options.crypto;
  const plans = planCertificates(spec);
  const { leaves, ...pki } = await startIssuing(spec, plans, options);
  const { token, authorities } = pki;
  yield* authorityFiles(authorities);
  const sums: string[] = [];
  const manifest = manifestWriter(planInitialCluster(spec));
  const ends: Pick<IssuedLeaf, 'plan' | 'notAfter'>[] = [];
  for await (const { host, held, issued } of byHost(planHosts(spec), plans, leaves)) {
    const bundle = renderHost(host, { ...pki, leaves: held });
    const { file, sha256, programs } = await pack(bundle);
    sums.push(`${sha256}  ${bundle.name}.tar.gz\n`);
    manifest.addHost(await describeHost(bundle, sha256, digest, programs));
    for (const leaf of issued) {
      manifest.addCertificate(await describeLeaf(leaf, digest));
      ends.push({ plan: leaf.plan, notAfter: leaf.notAfter });
    }
    yield file;
  }
  const head = await describeBundle(spec, { token, authorities }, { ...options, digest });
  const texts = [
    textFile('RUNBOOK.md', renderRunbook(spec, { authorities, leaves: ends })),
    { path: 'bundle.json', mode: 0o644, bytes: manifest.finish(head) },
  ];
  for (const file of texts) {
    sums.push(`${hexadecimal(await digest('SHA-256', file.bytes))}  ${file.path}\n`);
    yield file;
  }
  yield textFile('SHA256SUMS', sums.join(''));
}

interface HostLeaves {
  readonly host: HostPlan;
  /** All that the host holds. */
  readonly held: readonly IssuedLeaf[];
  /** Those of them that no host before it held. */
  readonly issued: readonly IssuedLeaf[];
}

/** Takes leaves as they come until a host has all of its own, and forgets each with the last host that holds it. */
async function* byHost(
  hosts: readonly HostPlan[],
  plans: readonly CertificatePlan[],
  leaves: AsyncIterator<IssuedLeaf, void, undefined>,
): AsyncGenerator<HostLeaves, void, undefined> {
  const wanted = new Map<string, string[]>();
  const last = new Map<string, string>();
  for (const plan of plans) {
    if (plan.type === 'authority') continue;
    for (const name of hostNamesOf(plan.holder)) {
      wanted.set(name, [...(wanted.get(name) ?? []), plan.id]);
      last.set(plan.id, name);
    }
  }
  const waiting = new Map<string, IssuedLeaf>();
  for (const host of hosts) {
    const ids = wanted.get(host.name) ?? [];
    const issued: IssuedLeaf[] = [];
    while (!ids.every((id) => waiting.has(id))) {
      const next = await leaves.next();
      if (next.done === true) break;
      waiting.set(next.value.plan.id, next.value);
      issued.push(next.value);
    }
    yield { host, held: ids.flatMap((id) => waiting.get(id) ?? []), issued };
    for (const id of ids) if (last.get(id) === host.name) waiting.delete(id);
  }
}

/** The folder `ca/`, for the operator alone: a brought authority too, so that renewing takes this folder and nothing else. */
function* authorityFiles(authorities: readonly IssuedAuthority[]): Generator<BundleFile, void, undefined> {
  for (const { plan, certificate, chain, privateKey } of authorities) {
    const key = new TextEncoder().encode(privateKey);
    yield { path: `ca/${plan.id}.key`, mode: 0o600, bytes: key };
    yield textFile(`ca/${plan.id}.crt`, chain === undefined ? certificate : chain);
  }
}

function textFile(path: string, text: string): BundleFile {
  return { path, mode: 0o644, bytes: new TextEncoder().encode(text) };
}
