import { type GenerateOptions as BundleOptions, generateBundle as generate } from '../bundle/generate.js';
import type { ClusterSpec } from '../cluster-spec.js';
import { archiveBundle } from './archive.js';
import { version } from './version.js';
import type { OutputFile } from './write/output-file.js';

/**
 * What `generate` takes: as the main entry's, with gzip and this package's version given already.
 *
 * @public
 */
export type GenerateOptions = Omit<BundleOptions, 'archive' | 'generator'>;

/**
 * Makes everything of a bundle, file by file, with tarballs as {@link archiveBundle} packs them. Nothing is written;
 * {@link writeOutput} takes what comes.
 *
 * @throws EtcdBundleError as issuePki does
 * @example
 * ```ts
 * await writeOutput('bundle', generateBundle(spec, { crypto: nodeCryptoProvider(), now, document }));
 * ```
 * @public
 */
export function generateBundle(
  spec: ClusterSpec,
  options: GenerateOptions,
): AsyncGenerator<OutputFile, void, undefined> {
  return generate(spec, { ...options, archive: archiveBundle, generator: `etcd-bundle ${version}` });
}
