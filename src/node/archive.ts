import { gzipSync } from 'node:zlib';
import type { HostBundle } from '../bundle/file-plan.js';
import { packBundle } from '../bundle/pack.js';

/** The OS byte of a gzip header, "unknown" (RFC 1952, 2.3.1): zlib writes the machine's. */
const GZIP_OS = { offset: 9, unknown: 255 } as const;

/**
 * Packs one machine's files as {@link packBundle} does, with a gzip whose bytes follow from the files alone: the deflate stream holds
 * stored blocks, since what zlib makes of any other level depends on its version, its build and the CPU.
 *
 * @returns the bytes of `<bundle.name>.tar.gz`
 * @throws EtcdBundleError `invalid-bundle` when two files share a path or a path would leave the folder it is extracted in
 * @example
 * ```ts
 * for (const bundle of renderBundles(spec, pki)) await writeFile(`${bundle.name}.tar.gz`, await archiveBundle(bundle));
 * ```
 * @public
 */
export function archiveBundle(bundle: HostBundle): Promise<Uint8Array> {
  return packBundle(bundle, storedGzip);
}

/** One output chunk for the whole stream, because stored blocks end where a chunk does. */
function storedGzip(tar: Uint8Array): Uint8Array {
  const bytes = gzipSync(tar, { level: 0, chunkSize: tar.length + (tar.length >> 8) + 1024 });
  bytes[GZIP_OS.offset] = GZIP_OS.unknown;
  return bytes;
}
