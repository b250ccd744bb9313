import type { Manifest } from '../bundle/manifest/manifest.js';
import type { EtcdVersion } from '../cluster-spec.js';
import type { CryptoProvider } from '../crypto/provider.js';
import { lookAround } from '../host/account/look-around.js';
import type { BundleFolder } from '../host/bundle-folder.js';
import { flagOf, viewClients } from '../host/client-view.js';
import { chooseVersion } from '../host/etcd-release.js';
import { type HostRoot, indexRoot, type OpenedPath, type RootIndex } from '../host/host-root.js';
import { surveyRoots } from '../host/loose-files.js';
import { type MemberView, viewMember } from '../host/member-view.js';
import { loadMaterials } from '../host/pem-files.js';
import { type RevocationFile, readRevocationFile } from '../host/revocation-list.js';
import { kubeadmDocuments } from '../host/service/kubeadm-document.js';
import { readHost } from '../host/service/read-host.js';
import { type HostProcess, isEtcdBinary, isMemberCommand } from '../host/service/service.js';
import { socketPorts } from '../host/service/socket-units.js';
import { effectiveSettings } from '../host/settings/effective-settings.js';
import { parseUrlList } from '../net/etcd-url.js';
import { hexadecimal } from '../text/hexadecimal.js';
import type { UnixTime } from '../x509/time.js';
import { compareHosts } from './against/compare-hosts.js';
import { type ClusterView, chainChecker, digestKey, type HostListener } from './cluster-view.js';
import type { Finding } from './finding.js';
import { checkSignatures } from './trust/signatures.js';

/**
 * What verifying needs from the outside.
 *
 * @public
 */
export interface VerifyOptions {
  /** Signatures are checked, public halves of keys made and digests taken with it; it signs nothing. */
  readonly crypto: Pick<CryptoProvider, 'verify' | 'publicKeyOf' | 'digest'>;
  /** Moment to judge at, seconds since 1970. */
  readonly at: UnixTime;
  /** Seconds: what ends within them ends soon. Default: 30 days. */
  readonly within?: number;
  /** Default: the one that the bundle was made for, the one in a static pod's image, or a guess from the settings. */
  readonly etcdVersion?: EtcdVersion;
  /** `bundle.json`, where the roots are tarballs of a bundle. */
  readonly manifest?: Manifest;
  /** `bundle.json` of the bundle that the hosts are to be held against: what differs from it is told. */
  readonly against?: Manifest;
  /** SHA-256 of the tarballs by their path in the bundle, hexadecimal. */
  readonly tarballDigests?: ReadonlyMap<string, string>;
  /** What lies beside the tarballs of that bundle. */
  readonly folder?: BundleFolder;
  /** What could not be read of what was to be verified, each a finding of the rule `readable`. */
  readonly unread?: readonly Finding[];
}

/** Time to plan a renewal in: 30 days, in seconds. */
const SOON = 2_592_000;
/** A unit names a file, that file another one: nobody goes on like that for long. */
const MAX_ROUNDS = 8;

/**
 * Reads everything that the rules look at: first what the roots list, then what these files name, until nothing new comes of it.
 *
 * @internal
 */
export async function viewCluster(
  hostRoots: readonly HostRoot[],
  options: VerifyOptions,
): Promise<ClusterView> {
  const openings = hostRoots.map((root) => ({ root, opened: new Map<string, OpenedPath>() }));
  for (let round = 1; ; round += 1) {
    const asking = openings.map((opening) => ({ ...opening, asked: new Set<string>() }));
    const view = await viewRoots(
      asking.map(({ root, ...paths }) => indexRoot(root, paths)),
      options,
    );
    const isNew = await Promise.all(asking.map(openAsked));
    if (round === MAX_ROUNDS || !isNew.includes(true)) return view;
  }
}

/**
 * Opens what was named and not found.
 *
 * @returns whether there is more to see than before
 */
async function openAsked({
  root,
  opened,
  asked,
}: {
  readonly root: HostRoot;
  readonly opened: Map<string, OpenedPath>;
  readonly asked: ReadonlySet<string>;
}): Promise<boolean> {
  let isNew = false;
  const { open } = root;
  if (open === undefined) return false;
  for (const path of asked) {
    const found = await open(path);
    opened.set(path, found);
    isNew ||= found.type !== 'absent';
  }
  return isNew;
}

async function viewRoots(roots: readonly RootIndex[], options: VerifyOptions): Promise<ClusterView> {
  const { crypto, at, manifest, against } = options;
  const materials = loadMaterials(crypto);
  const hosts = roots.map((root) => {
    const documents = kubeadmDocuments(root);
    return { root, documents, ...readHost(root, documents) };
  });
  const services = hosts.flatMap(({ root, services: found }) => found.map((service) => ({ root, service })));
  const { version, from } = chooseVersion(options.etcdVersion, manifest ?? options.against, services);
  const members = await Promise.all(
    services.map(({ root, service }) =>
      viewMember(root, service, effectiveSettings(service, root, version), materials),
    ),
  );
  for (const member of members) lookAround(member);
  const clients = (
    await Promise.all(
      hosts.map(({ root, processes, documents }) =>
        viewClients(root, processes, documents, materials, certificatesOf(root, members)),
      ),
    )
  ).flat();
  const survey = await surveyRoots(roots, members, clients, materials);
  const signedBy = await checkSignatures([...materials.certificates().values()], crypto);
  return {
    roots,
    members,
    clients,
    everyMember: members,
    hostListeners: hosts.flatMap(({ root, processes }) => [
      ...processes.flatMap((process) => proxyListeners(root, process)),
      ...socketListeners(root),
    ]),
    ...survey,
    unreadSources: hosts.flatMap(({ root, unread }) => unread.map((source) => ({ root, ...source }))),
    idleServices: hosts.flatMap(({ root, idle }) => idle.map((service) => ({ root, service }))),
    revocations: readRevocations(members),
    version,
    versionFrom: from,
    at,
    horizon: at + (options.within ?? SOON),
    manifest,
    against: against === undefined ? [] : await compareHosts(roots, members, against, crypto.digest),
    folder: options.folder,
    unread: options.unread ?? [],
    digests: manifest === undefined ? new Map() : await digestFiles(roots, options),
    chainFault: chainChecker(signedBy, at),
  };
}

/** `--listen-addr` of `etcd gateway` and `etcd grpc-proxy`, which both have a default (etcd `etcdmain/gateway.go`, `grpc_proxy.go`). */
function proxyListeners(
  root: RootIndex,
  { words, path, hasOwnNetwork }: HostProcess,
): readonly HostListener[] {
  if (hasOwnNetwork || !isEtcdBinary(words[0] ?? '') || isMemberCommand(words)) return [];
  const address = flagOf(words, 'listen-addr') ?? '127.0.0.1:23790';
  const { urls } = parseUrlList(`http://${address}`);
  return urls.map((url) => ({ root, path, what: `--listen-addr of ${words[1]}`, url }));
}

/** What systemd itself listens on; etcd does not take a socket over from it. */
function socketListeners(root: RootIndex): readonly HostListener[] {
  return socketPorts(root).flatMap(({ path, address }) =>
    parseUrlList(`http://${address}`).urls.map((url) => ({ root, path, what: 'ListenStream', url })),
  );
}

function certificatesOf(root: RootIndex, members: readonly MemberView[]): ReadonlySet<string> {
  const own = members.filter((member) => member.root === root).flatMap(({ client, peer }) => [client, peer]);
  const pairs = own.flatMap(({ pair, ownClientPair }) => [pair, ownClientPair]);
  return new Set(pairs.flatMap((pair) => (pair === undefined ? [] : [pair.certificate.path])));
}

function readRevocations(members: readonly MemberView[]): ReadonlyMap<string, RevocationFile> {
  const lists = new Map<string, RevocationFile>();
  for (const { root, client, peer } of members) {
    for (const { crl } of [client, peer])
      if (crl !== undefined)
        lists.set(digestKey(root.name, crl), readRevocationFile(root.find(crl), root.unread(crl)));
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
    for (const [path, sum] of root.largeFiles) digests.set(digestKey(root.name, path), sum);
  }
  return digests;
}
