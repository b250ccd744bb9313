import { EtcdBundleError, type Issue } from '../errors.js';
import { entryNameFault } from '../text/entry-name.js';
import type { FilePlan, HostBundle } from './file-plan.js';
import { packUstar, ROOT_ID } from './ustar.js';

/**
 * Compresses a tar: on Node zlib, in a browser CompressionStream. Where the tarball's bytes are to follow from its files alone, what
 * this returns has to follow from what it gets.
 *
 * @public
 */
export type Gzip = (tar: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/**
 * Seconds since the epoch, 1980-01-01T00:00:00Z: fixed, and not the epoch, at which GNU tar warns of an "implausibly old time stamp".
 *
 * @internal
 */
export const ENTRY_DATE = 315_532_800;
/** What tar on Windows takes for a path of its own; admin.tar.gz may be unpacked there. */
const OTHER_PATH_ON_WINDOWS = /\\|^\w+:/;

/**
 * Packs one machine's files as a tarball. Entries are sorted by path and carry one fixed date. Their owners are named, as tar sets
 * them where the host knows the names, and otherwise root. There are no entries for folders, so that extracting at `/` changes no
 * folder's mode.
 *
 * @param gzip - compresses the tar; a function that returns what it gets leaves it plain
 * @returns the bytes of `<bundle.name>.tar.gz`
 * @throws EtcdBundleError `invalid-bundle` when two files share a path or a path would leave the folder it is extracted in
 * @example
 * ```ts
 * const gzip = async (tar: Uint8Array) => {
 *   const packed = new Blob([tar]).stream().pipeThrough(new CompressionStream('gzip'));
 *   return new Uint8Array(await new Response(packed).arrayBuffer());
 * };
 * for (const bundle of renderBundles(spec, pki)) save(`${bundle.name}.tar.gz`, await packBundle(bundle, gzip));
 * ```
 * @public
 */
export async function packBundle(bundle: HostBundle, gzip: Gzip): Promise<Uint8Array> {
  refuseNames(bundle);
  const files = bundle.files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return gzip(packUstar(files, ENTRY_DATE) ?? (await packAny(files)));
}

/**
 * Names of any length and in any script, by pax headers.
 *
 * @internal
 */
export async function packAny(files: readonly Omit<FilePlan, 'kind'>[]): Promise<Uint8Array> {
  const { packTar } = await import('modern-tar');
  const entries = files.map(({ path, mode, owner, bytes }) => ({
    header: {
      name: path,
      mode,
      size: bytes.length,
      mtime: new Date(ENTRY_DATE * 1000),
      uid: ROOT_ID,
      gid: ROOT_ID,
      uname: owner.user,
      gname: owner.group,
    },
    body: bytes,
  }));
  return packTar(entries);
}

/**
 * Refuses files that share a path, and paths that would leave the folder they are extracted in.
 *
 * @throws EtcdBundleError `invalid-bundle`
 * @internal
 */
export function refuseNames(bundle: NamedFiles): void {
  const issues = nameIssues(bundle);
  if (issues.length > 0) throw new EtcdBundleError('invalid-bundle', issues);
}

interface NamedFiles {
  readonly name: string;
  readonly files: readonly Pick<FilePlan, 'path'>[];
}

function nameIssues(bundle: NamedFiles): Issue[] {
  const seen = new Set<string>();
  const issues: Issue[] = [];
  for (const { path } of bundle.files) {
    const fault =
      entryNameFault(path) ?? (OTHER_PATH_ON_WINDOWS.test(path) ? 'contains "\\" or a drive' : undefined);
    const where = `${bundle.name}.tar.gz`;
    if (fault !== undefined) {
      const message = `The path ${JSON.stringify(path)} ${fault}.`;
      issues.push({ code: 'unsafe-file-name', path: where, message, cure: 'Name files relative to /.' });
    } else if (seen.has(path)) {
      const message = `Two files are named ${JSON.stringify(path)}.`;
      issues.push({ code: 'repeated-file', path: where, message, cure: 'Give each file a path of its own.' });
    }
    seen.add(path);
  }
  return issues;
}
