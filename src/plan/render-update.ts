import { byHost } from '../bundle/by-host.js';
import type { FilePlan, HostBundle } from '../bundle/file-plan.js';
import {
  type BundleFile,
  type DigestedFile,
  type GenerateOptions,
  packWhole,
  refuseSealedOnHosts,
  refuseUnreadArchive,
  textFile,
} from '../bundle/generate.js';
import { describeFile, describeLeaf, describeProgram } from '../bundle/manifest/describe.js';
import type {
  Manifest,
  ManifestCertificate,
  ManifestFile,
  ManifestHost,
} from '../bundle/manifest/manifest.js';
import { trustOfManifest } from '../bundle/manifest/trust.js';
import { manifestWriter } from '../bundle/manifest/write.js';
import type { ProgramFile } from '../bundle/programs.js';
import type { BundleAuthorities, BundleState } from '../bundle/state.js';
import { planInitialCluster } from '../etcd/initial-cluster.js';
import { formatEtcdVersion } from '../etcd/version.js';
import { type CertificatePlan, leavesById } from '../pki/certificate-plan.js';
import { type IssueOptions, type Issuing, startIssuing } from '../pki/issue.js';
import type { IssuedAuthority, IssuedLeaf } from '../pki/pki.js';
import { hexadecimal } from '../text/hexadecimal.js';
import { concatOctets } from '../text/octets.js';
import { formatTime } from '../x509/time.js';
import { bytesOfList, listsToSign, withLists } from './revocation-lists.js';
import {
  extendedFiles,
  madeIn,
  neededAuthorities,
  rotatedAuthorities,
  rotatedFiles,
  rotatedIn,
} from './rotated-authorities.js';
import { renderUpdateRunbook } from './runbook.js';
import { type HostUpdate, hasTarball, type Update, type UpdatedFile } from './update.js';

/**
 * What making the next generation of a bundle takes.
 *
 * @public
 */
export interface RenderUpdateOptions
  extends Pick<IssueOptions, 'crypto' | 'now' | 'onIssued' | 'signal'>,
    Pick<GenerateOptions, 'generator' | 'archive' | 'sealAuthorityKey'> {
  /** That sign; they are needed only where the update issues something. */
  readonly authorities: BundleAuthorities;
  /** The folder `ca` of the bundle, which passes as it is. */
  readonly authorityFiles: readonly BundleFile[];
}

/**
 * Makes the next generation of a bundle, file by file: the authorities as they were, a tarball for each host that has something to do with the
 * files that change, the runbook of this change, and the manifest of everything that every host has afterwards.
 *
 * @throws EtcdBundleError as issuePki does
 * @example
 * ```ts
 * const state = await readBundle('bundle');
 * const update = planRenewal(state, { now, policy: { type: 'all' } });
 * const authorities = await readBundleAuthorities('bundle', state, now);
 * const issuing = { crypto: nodeCryptoProvider(), now, authorities, authorityFiles: [] };
 * const options = { ...issuing, generator: 'my tool', archive: archiveBundle };
 * for await (const { path, bytes } of renderUpdate(state, update, options)) save(path, bytes);
 * ```
 * @public
 */
export async function* renderUpdate(
  state: BundleState,
  update: Update,
  options: RenderUpdateOptions,
): AsyncGenerator<BundleFile, void, undefined> {
  const { archive, crypto } = options;
  if (update.hosts.some(({ files }) => files.some(({ type }) => type === 'program')))
    refuseUnreadArchive(update.spec);
  yield* renderUpdateFiles(state, update, options, (bundle) => packWhole(bundle, archive, crypto));
}

/**
 * {@link renderUpdate} with its tarballs in any form.
 *
 * @param pack - makes a host's tarball of its files and of programs
 * @internal
 */
export async function* renderUpdateFiles<File>(
  state: BundleState,
  update: Update,
  options: Omit<RenderUpdateOptions, 'archive'>,
  pack: (bundle: HostBundle, programs: readonly ProgramFile[]) => Promise<DigestedFile<File>>,
): AsyncGenerator<BundleFile | File, void, undefined> {
  const { manifest: former } = state;
  const { spec, plans: planned } = update;
  const { digest } = options.crypto;
  const generation = former.generation + 1;
  const wanted = new Set(update.certificates);
  const needed: ReadonlySet<string> = neededAuthorities(update);
  const plans = planned.filter((plan) => (plan.type === 'authority' ? needed : wanted).has(plan.id));
  const manifest = manifestWriter(planInitialCluster(spec));
  const sums: string[] = [];
  const issued = new Map<string, ManifestCertificate>();
  const { leaves, authorities } = await issuing(state, update, plans, options);
  const rotated = rotatedIn(former, update);
  if (madeIn(former, update).size > 0) refuseSealedOnHosts(spec, options);
  const extended = new Set<string>(update.extended);
  yield* extendedFiles(
    await rotatedFiles(options.authorityFiles, rotated, authorities, options),
    authorities.filter(({ plan }) => extended.has(plan.id)),
  );
  for await (const { host, held, issued: fresh } of byHost(update.hosts, plans, leaves)) {
    const packed: FilePlan[] = [];
    const programs: ProgramFile[] = [];
    const files: ManifestFile[] = [];
    for (const file of host.files) {
      if (file.type === 'kept') {
        files.push({ ...file.file, inTarball: false });
        continue;
      }
      if (file.type === 'program') {
        const program = programFile(file);
        programs.push(program);
        files.push(describeProgram(program, generation));
        continue;
      }
      const plan = issuedFile(file, held, authorities, former);
      packed.push(plan);
      files.push(await describeFile(plan, generation, digest));
    }
    for (const leaf of fresh) issued.set(leaf.plan.id, await describeLeaf(leaf, digest, generation));
    const { name, kind, bootstrap } = host;
    const described: ManifestHost = {
      name,
      kind,
      ...(bootstrap === undefined ? {} : { bootstrap }),
      files,
    };
    if (!hasTarball(host)) {
      manifest.addHost(described);
      continue;
    }
    const { file, sha256 } = await pack(bundleOf(host, packed), programs);
    const path = `${host.name}.tar.gz`;
    sums.push(`${sha256}  ${path}\n`);
    manifest.addHost({ ...described, tarball: { path, sha256 } });
    yield file;
  }
  const known = new Map(former.certificates.map((certificate) => [certificate.id, certificate]));
  const certificates = [...leavesById(planned).keys()].flatMap((id) => issued.get(id) ?? known.get(id) ?? []);
  for (const certificate of certificates) manifest.addCertificate(certificate);
  const { certificates: _certificates, hosts: _hosts, ...frame } = former;
  const texts = [
    textFile('RUNBOOK.md', renderUpdateRunbook(state, update, certificates)),
    {
      path: 'bundle.json',
      mode: 0o644,
      bytes: concatOctets(
        ...manifest.finish({
          ...frame,
          authorities: withLists(
            await rotatedAuthorities(former, rotated, authorities, extended, { generation, digest }),
            update,
            authorities,
          ),
          cluster: { ...frame.cluster, ...(update.token === undefined ? {} : { token: update.token }) },
          generator: options.generator,
          etcdVersion: formatEtcdVersion(spec.etcd.version),
          document: update.document,
          generation,
          former: state.sha256,
          change: { action: update.action, at: formatTime(options.now), changes: update.changes },
        }),
      ),
    },
  ];
  for (const file of texts) {
    sums.push(`${hexadecimal(await digest('SHA-256', file.bytes))}  ${file.path}\n`);
    yield file;
  }
  yield textFile('SHA256SUMS', sums.join(''));
}

/** Nothing is drawn where nothing is issued: then there may be no authority either. */
async function issuing(
  { manifest }: BundleState,
  update: Update,
  plans: readonly CertificatePlan[],
  { crypto, now, authorities, onIssued, signal }: Omit<RenderUpdateOptions, 'archive'>,
): Promise<Pick<Issuing, 'authorities'> & { readonly leaves: AsyncIterator<IssuedLeaf, void, undefined> }> {
  if (plans.length === 0) return { authorities: [], leaves: (async function* () {})() };
  const made = madeIn(manifest, update);
  const { ca, 'peer-ca': peer } = authorities;
  const options = {
    crypto,
    now,
    authorities: {
      ...(ca === undefined || made.has('ca') ? {} : { ca }),
      ...(peer === undefined || made.has('peer-ca') ? {} : { 'peer-ca': peer }),
    },
    trust: trustOfManifest(manifest),
    // Keys of tokens stay on their hosts; none is drawn.
    kept: { token: manifest.cluster.token, tokenKeys: { privateKey: '' } },
    ...(onIssued === undefined ? {} : { onIssued }),
    ...(signal === undefined ? {} : { signal }),
  };
  return startIssuing(update.spec, plans, options, {
    extended: new Set(update.extended),
    lists: listsToSign(update),
  });
}

function issuedFile(
  file: Extract<UpdatedFile, { type: 'authority' | 'issued' | 'revocation-list' | 'written' }>,
  leaves: readonly IssuedLeaf[],
  authorities: readonly IssuedAuthority[],
  former: Manifest,
): FilePlan {
  return {
    ...placeOf(file),
    kind: file.kind,
    bytes:
      file.type === 'revocation-list'
        ? bytesOfList(file.authority, former, authorities)
        : new TextEncoder().encode(textOf(file, leaves, authorities)),
  };
}

function textOf(
  file: Extract<UpdatedFile, { type: 'authority' | 'issued' | 'written' }>,
  leaves: readonly IssuedLeaf[],
  authorities: readonly IssuedAuthority[],
): string {
  switch (file.type) {
    case 'written':
      return file.text;
    case 'issued':
      return halfOf(file, leaves);
    case 'authority':
      return file.around.join(halfOfAuthority(file, authorities));
  }
}

function halfOfAuthority(
  { kind, authority: id }: Extract<UpdatedFile, { type: 'authority' }>,
  authorities: readonly IssuedAuthority[],
): string {
  const authority = authorities.find(({ plan }) => plan.id === id);
  if (authority === undefined) throw new TypeError(`the CA ${id} is planned and not there`);
  return kind === 'authority-key' ? authority.privateKey : authority.certificate;
}

function programFile(file: Extract<UpdatedFile, { type: 'program' }>): ProgramFile {
  const { kind, program, size, sha256 } = file;
  return { ...placeOf(file), kind, program, size, sha256 };
}

/** Relative to the root of its host, as an archive has it. */
function placeOf({
  path,
  mode,
  owner,
}: Exclude<UpdatedFile, { type: 'kept' }>): Pick<FilePlan, 'path' | 'mode' | 'owner'> {
  const [user = '', group = ''] = owner.split(':');
  return { path: path.slice(1), mode: Number.parseInt(mode, 8), owner: { user, group } };
}

function halfOf(
  { kind, certificate }: Extract<UpdatedFile, { type: 'issued' }>,
  leaves: readonly IssuedLeaf[],
): string {
  const leaf = leaves.find(({ plan }) => plan.id === certificate);
  if (leaf === undefined) throw new TypeError(`${certificate} is planned and was not issued`);
  return kind === 'certificate' ? leaf.certificate : leaf.privateKey;
}

function bundleOf(
  { name, kind }: HostUpdate,
  files: readonly FilePlan[],
): Parameters<GenerateOptions['archive']>[0] {
  return { name, kind, files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}
