import type { Manifest } from '../bundle/manifest.js';
import type { EtcdVersion } from '../cluster-spec.js';
import type { CryptoProvider } from '../crypto/provider.js';
import { formatEtcdVersion } from '../etcd/version.js';
import { viewClients } from '../host/client-view.js';
import { chooseVersion } from '../host/etcd-release.js';
import { type HostRoot, indexRoot, type RootIndex } from '../host/host-root.js';
import { surveyRoots } from '../host/loose-files.js';
import { type MemberView, viewMember } from '../host/member-view.js';
import { loadMaterials } from '../host/pem-files.js';
import { type RevocationFile, readRevocationFile } from '../host/revocation-list.js';
import { findServices } from '../host/service/find-services.js';
import { kubeadmDocuments } from '../host/service/kubeadm-document.js';
import { podContainers } from '../host/service/static-pod.js';
import { effectiveSettings } from '../host/settings/effective-settings.js';
import { hexadecimal } from '../text/hexadecimal.js';
import type { UnixTime } from '../x509/time.js';
import { nearestTimeText } from '../x509/time.js';
import { type ClusterView, chainChecker, digestKey } from './cluster-view.js';
import { pairUses, trustUses } from './dials/pair-uses.js';
import { type Expiry, type Finding, LEVELS, type Verification } from './finding.js';
import { RULES } from './rules.js';
import { checkSignatures } from './trust/signatures.js';

/** @public */
export interface VerifyOptions {
  readonly crypto: Pick<CryptoProvider, 'verify' | 'publicKeyOf' | 'digest'>;
  /** Moment to judge at, seconds since 1970. */
  readonly at: UnixTime;
  /** Default: the one that the bundle was made for, the one in a static pod's image, or a guess from the settings. */
  readonly etcdVersion?: EtcdVersion;
  /** `bundle.json`, where the roots are tarballs of a bundle. */
  readonly manifest?: Manifest;
  /** SHA-256 of the tarballs by their path in the bundle, hexadecimal. */
  readonly tarballDigests?: ReadonlyMap<string, string>;
}

/**
 * Answers whether the members of one cluster would start, whether their peers and clients would accept them, and for how long.
 * Reads certificates, keys, units, environment files, etcd's configuration files and kubeadm's documents of each host, and assumes
 * that none of them is well-formed: what cannot be read is a finding. Nothing is fetched, nothing is run.
 *
 * @param roots - what each host has; all of them are one cluster
 * @public
 */
export async function verifyBundle(
  roots: readonly HostRoot[],
  options: VerifyOptions,
): Promise<Verification> {
  const view = await viewCluster(roots, options);
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const { name: rule, source, check } of RULES) {
    for (const { level, member, path, message, cure, etcdSays = '' } of check(view)) {
      const key = JSON.stringify([rule, member, path, message]);
      if (told.has(key)) continue;
      told.add(key);
      findings.push({ rule, level, member, path, message, cure, etcdSays, source });
    }
  }
  findings.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  const count = (level: Finding['level']): number =>
    findings.filter((finding) => finding.level === level).length;
  return {
    findings,
    summary: {
      errors: count('error'),
      warnings: count('warning'),
      notices: count('notice'),
      members: view.members.map(({ label }) => label),
      etcdVersion: formatEtcdVersion(view.version),
      etcdVersionFrom: view.versionFrom,
      at: nearestTimeText(view.at),
      expiries: expiriesOf(view),
    },
  };
}

async function viewCluster(hostRoots: readonly HostRoot[], options: VerifyOptions): Promise<ClusterView> {
  const { crypto, at, manifest } = options;
  const materials = loadMaterials(crypto);
  const hosts = hostRoots.map((hostRoot) => {
    const root = indexRoot(hostRoot);
    const containers = podContainers(root);
    const documents = kubeadmDocuments(root);
    return { root, containers, documents, services: findServices(root, containers, documents) };
  });
  const services = hosts.flatMap(({ root, services: found }) => found.map((service) => ({ root, service })));
  const { version, from } = chooseVersion(options.etcdVersion, manifest, services);
  const members = await Promise.all(
    services.map(({ root, service }) =>
      viewMember(root, service, effectiveSettings(service, root, version), materials),
    ),
  );
  const clients = (
    await Promise.all(
      hosts.map(({ root, containers, documents }) =>
        viewClients(root, containers, documents, materials, certificatesOf(root, members)),
      ),
    )
  ).flat();
  const roots = hosts.map(({ root }) => root);
  const survey = await surveyRoots(roots, members, clients, materials);
  const signedBy = await checkSignatures([...materials.certificates().values()], crypto);
  return {
    roots,
    members,
    clients,
    ...survey,
    revocations: await readRevocations(members),
    version,
    versionFrom: from,
    at,
    manifest,
    digests: manifest === undefined ? new Map() : await digestFiles(roots, options),
    chainFault: chainChecker(signedBy, at),
  };
}

function certificatesOf(root: RootIndex, members: readonly MemberView[]): ReadonlySet<string> {
  const own = members.filter((member) => member.root === root).flatMap(({ client, peer }) => [client, peer]);
  const pairs = own.flatMap(({ pair, ownClientPair }) => [pair, ownClientPair]);
  return new Set(pairs.flatMap((pair) => (pair === undefined ? [] : [pair.certificate.path])));
}

async function readRevocations(members: readonly MemberView[]): Promise<ReadonlyMap<string, RevocationFile>> {
  const lists = new Map<string, RevocationFile>();
  for (const { root, client, peer } of members) {
    for (const { crl } of [client, peer])
      if (crl !== undefined) lists.set(digestKey(root.name, crl), await readRevocationFile(root.find(crl)));
  }
  return lists;
}

async function digestFiles(
  roots: readonly RootIndex[],
  { crypto, tarballDigests }: VerifyOptions,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map([...(tarballDigests ?? [])].map(([path, sum]) => [digestKey('', path), sum]));
  for (const root of roots) {
    for (const [path, { bytes }] of root.files)
      digests.set(digestKey(root.name, path), hexadecimal(await crypto.digest('SHA-256', bytes)));
  }
  return digests;
}

/** Each certificate in use once for each host. */
function expiriesOf(view: ClusterView): readonly Expiry[] {
  const all = new Map<string, Expiry & { readonly end: UnixTime }>();
  const add = (member: string, path: string, subject: string, end: UnixTime, authority: boolean): void =>
    void all.set(`${member}:${path}:${subject}`, {
      member,
      path,
      subject,
      notAfter: nearestTimeText(end),
      authority,
      end,
    });
  for (const { label, pair } of pairUses(view))
    if (pair.leaf !== undefined)
      add(label, pair.certificate.path, pair.leaf.subject, pair.leaf.notAfter, false);
  for (const { label, trust } of trustUses(view))
    for (const { subject, notAfter } of trust.roots) add(label, trust.file.path, subject, notAfter, true);
  return [...all.values()].sort((a, b) => a.end - b.end).map(({ end: _end, ...expiry }) => expiry);
}
