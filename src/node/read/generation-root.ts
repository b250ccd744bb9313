import { isSecret } from '../../bundle/file-plan.js';
import { leafOfKeyAt } from '../../bundle/manifest/leaves.js';
import type { Manifest, ManifestFile, ManifestHost } from '../../bundle/manifest/manifest.js';
import type { HostRoot, RootFile, RootOwner } from '../../host/host-root.js';
import { fromHexadecimal } from '../../text/from-hexadecimal.js';
import { certificatesIn } from '../../x509/read/pem-certificates.js';
import { openListed } from './links.js';

/**
 * Whether a tarball alone says what its host has.
 *
 * @internal
 */
export function isWhole({ files }: ManifestHost): boolean {
  return files.every(({ inTarball }) => inTarball);
}

/**
 * What a host has once a later generation is in place: what is in its tarball over what the manifest tells of the rest. Of secrets that are in
 * no tarball at hand only the public half is known.
 *
 * @param packed - its tarball, where this generation has one
 * @internal
 */
export function generationRoot(manifest: Manifest, host: ManifestHost, packed?: HostRoot): HostRoot {
  const files = new Map<string, RootFile>();
  const largeFiles = new Map(packed?.largeFiles);
  const lists = new Map(
    manifest.authorities.map(({ revocationList }) => [revocationList?.path ?? '', revocationList?.list]),
  );
  for (const file of host.files) {
    if (file.inTarball) continue;
    const path = file.path.slice(1);
    const place = { path, mode: Number.parseInt(file.mode, 8), owner: ownerOf(file) };
    const list = file.kind === 'revocation-list' ? lists.get(file.path) : undefined;
    if (file.text !== undefined) files.set(path, { ...place, bytes: new TextEncoder().encode(file.text) });
    else if (list !== undefined) files.set(path, { ...place, bytes: fromHexadecimal(list) });
    else if (isSecret(file.kind))
      files.set(path, { ...place, bytes: new Uint8Array(), withheld: withheldOf(file, host, manifest) });
    else largeFiles.set(path, file.sha256);
  }
  for (const file of packed?.files ?? []) files.set(file.path, file);
  const directories = packed?.directories ?? [];
  return {
    name: host.name,
    files: [...files.values()],
    largeFiles,
    directories,
    hasRun: host.kind === 'member',
    open: openListed(files, directories, new Map()),
  };
}

function ownerOf({ owner }: ManifestFile): RootOwner {
  const [user = '', group = ''] = owner.split(':');
  return { user, group };
}

/** The key's public half is its certificate's, which the manifest has. */
function withheldOf(
  file: ManifestFile,
  host: ManifestHost,
  manifest: Manifest,
): NonNullable<RootFile['withheld']> {
  const leaf = leafOfKeyAt(manifest, host.name, file.path);
  const text = host.files.find(({ path }) => path === leaf?.path)?.text ?? '';
  const [certificate] = certificatesIn(new TextEncoder().encode(text));
  return certificate !== undefined && 'info' in certificate.publicKey
    ? { publicKey: certificate.publicKey.info }
    : {};
}
