import { normalizePath } from '../text/path.js';
import type { CertificateView } from '../x509/read/certificate.js';
import { type ClientView, keyBeside } from './client-view.js';
import { folderOf, type RootIndex } from './host-root.js';
import type { MemberView } from './member-view.js';
import { type Pair, pairOf, type Trust, trustOf } from './pair.js';
import { type Materials, type PemFile, realPath } from './pem-files.js';

const PEM_NAME = /\.(?:crt|cert|cer|pem|key)$/;
/** Folders where etcd's certificates are customarily kept. */
const USUAL_FOLDERS = /^\/etc\/(?:etcd(?:\/.*)?|ssl\/etcd(?:\/.*)?|kubernetes\/pki(?:\/etcd)?)$/;
const LOCAL_AUTHORITIES = /\/(?:usr\/local\/share\/ca-certificates|ca-trust\/source\/anchors)\//;
/** PEM files of one host. */
const MAX_FILES = 500;

/** @internal */
export interface HostPem {
  readonly root: RootIndex;
  readonly file: PemFile;
}

/** @internal */
export interface LoosePair {
  readonly root: RootIndex;
  readonly pair: Pair;
  readonly trust: Trust | undefined;
}

/** @internal */
export interface AuthorityKey {
  readonly root: RootIndex;
  readonly path: string;
  readonly subject: string;
}

/** @internal */
export interface Survey {
  readonly pemFiles: readonly HostPem[];
  readonly loosePairs: readonly LoosePair[];
  readonly authorityKeys: readonly AuthorityKey[];
}

/**
 * Reads the PEM files that nothing refers to but that are where etcd's are: in the folders of those in use, in the usual ones, and
 * on a host where nothing runs etcd, anywhere.
 *
 * @internal
 */
export async function surveyRoots(
  roots: readonly RootIndex[],
  members: readonly MemberView[],
  clients: readonly ClientView[],
  materials: Materials,
): Promise<Survey> {
  const used = new Map(roots.map((root) => [root, usedFiles(root, members, clients)]));
  const found = await Promise.all(
    roots.flatMap((root) =>
      pemPaths(root, used.get(root) ?? [], members).map(async (path) => ({
        root,
        file: await materials.load(root, path),
      })),
    ),
  );
  const pemFiles = found.filter(({ file }) => file.blocks.length > 0);
  const trusted = [
    ...members.flatMap(({ client, peer }) => [client.trust, peer.trust]),
    ...clients.map(({ trust }) => trust),
  ].flatMap((trust) => trust?.roots ?? []);
  return {
    pemFiles,
    loosePairs: await loosePairs(pemFiles, used, members, materials),
    authorityKeys: pemFiles.flatMap(({ root, file }) => authorityKey(root, file, trusted)),
  };
}

function usedFiles(
  root: RootIndex,
  members: readonly MemberView[],
  clients: readonly ClientView[],
): readonly PemFile[] {
  const own = members.filter((member) => member.root === root).flatMap(({ client, peer }) => [client, peer]);
  const pairs = [
    ...own.flatMap(({ pair, ownClientPair }) => [pair, ownClientPair]),
    ...clients.filter((client) => client.root === root).map(({ pair }) => pair),
  ];
  const trusts = [
    ...own.map(({ trust }) => trust),
    ...clients.filter((client) => client.root === root).map(({ trust }) => trust),
  ];
  return [
    ...pairs.flatMap((pair) => (pair === undefined ? [] : [pair.certificate, pair.key])),
    ...trusts.flatMap((trust) => (trust === undefined ? [] : [trust.file])),
  ];
}

function pemPaths(
  root: RootIndex,
  used: readonly PemFile[],
  members: readonly MemberView[],
): readonly string[] {
  const folders = new Set(used.map(({ path }) => folderOf(path)));
  const isIdle = !members.some((member) => member.root === root);
  const candidates = [...root.files.keys()].filter((path) => {
    if (!PEM_NAME.test(path)) return false;
    return (
      isIdle ||
      folders.has(folderOf(path)) ||
      USUAL_FOLDERS.test(folderOf(path)) ||
      LOCAL_AUTHORITIES.test(path)
    );
  });
  // A link and the file that it leads to are one file.
  const own = candidates.filter((path) => {
    const linkTo = root.files.get(path)?.linkTo;
    return linkTo === undefined || !candidates.includes(normalizePath(linkTo));
  });
  return root.limits.firstOf(own, MAX_FILES, '', 'certificates and keys that no member uses');
}

/** Where members are known, a pair that none of them uses is judged only if it lies in a folder of etcd's. */
async function loosePairs(
  pemFiles: readonly HostPem[],
  used: ReadonlyMap<RootIndex, readonly PemFile[]>,
  members: readonly MemberView[],
  materials: Materials,
): Promise<readonly LoosePair[]> {
  const pairs = await Promise.all(
    pemFiles.map(async ({ root, file }): Promise<readonly LoosePair[]> => {
      const [first] = file.certificates;
      const isUsed = used.get(root)?.some((other) => realPath(other) === realPath(file)) ?? false;
      if (first?.type !== 'ok' || first.value.basicConstraints?.ca === true || isUsed) return [];
      if (members.length > 0 && !folderOf(file.path).includes('etcd')) return [];
      const key = keyBeside(file.path, root);
      if (key === undefined) return [];
      const authority = authorityBeside(
        first.value,
        file,
        pemFiles.filter((other) => other.root === root),
      );
      return [
        {
          root,
          pair: pairOf(file, await materials.load(root, key)),
          trust: authority === undefined ? undefined : trustOf(authority),
        },
      ];
    }),
  );
  return pairs.flat();
}

/** The one that the issuer's name leads to, otherwise the only one in the folder. */
function authorityBeside(
  leaf: CertificateView,
  { path }: PemFile,
  pemFiles: readonly HostPem[],
): PemFile | undefined {
  const authorities = pemFiles.filter(({ file }) =>
    file.certificates.some((result) => result.type === 'ok' && result.value.basicConstraints?.ca === true),
  );
  const named = authorities.find(({ file }) =>
    file.certificates.some((result) => result.type === 'ok' && result.value.rawSubject === leaf.rawIssuer),
  );
  const here = authorities.filter(({ file }) => folderOf(file.path) === folderOf(path));
  return (named ?? (here.length === 1 ? here[0] : undefined))?.file;
}

function authorityKey(
  root: RootIndex,
  { key, path }: PemFile,
  trusted: readonly CertificateView[],
): readonly AuthorityKey[] {
  if (key?.type !== 'ok' || key.value.type === 'unknown') return [];
  const { value } = key.value;
  const owner = trusted.find(
    ({ publicKey, basicConstraints }) =>
      publicKey.type !== 'other' && publicKey.value === value && basicConstraints?.ca === true,
  );
  return owner === undefined ? [] : [{ root, path, subject: owner.subject }];
}
