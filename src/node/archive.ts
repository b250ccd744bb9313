import type { HostBundle } from '../bundle/file-plan.js';
import { packBundle } from '../bundle/pack.js';
import { storedGzip } from './stored-gzip.js';

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
