import {
  type GenerateOptions as BundleOptions,
  generateBundle as generate,
  generateFiles,
  packWhole,
} from '../bundle/generate.js';
import type { ClusterSpec } from '../cluster-spec.js';
import { archiveBundle } from './archive.js';
import { packWithPrograms } from './programs/pack-programs.js';
import type { ReleasePrograms } from './programs/release-archives.js';
import { version } from './version.js';
import type { OutputFile, StreamedOutputFile } from './write/output-file.js';

/**
 * What `generate` takes: as the main entry's, with gzip and this package's version given already.
 *
 * @public
 */
export type GenerateOptions = Omit<BundleOptions, 'archive' | 'generator'>;

const GENERATOR = `etcd-bundle ${version}`;

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
  return generate(spec, { ...options, archive: archiveBundle, generator: GENERATOR });
}

/**
 * {@link generateBundle} for a document with `etcd.archive`: every member's tarball holds the programs, and comes in pieces, so that memory
 * does not grow with them.
 *
 * @param programs - of the document, which the caller closes once the bundle is written
 * @throws EtcdBundleError as issuePki does
 * @example
 * ```ts
 * const { text, folder } = await readDocument('cluster.yaml');
 * const spec = parseClusterDocument(text);
 * const programs = await readReleaseArchives(spec, folder);
 * const options = { crypto: nodeCryptoProvider(), now, document: text };
 * if (programs !== undefined) await writeOutput('bundle', generateBundleWithPrograms(spec, programs, options));
 * ```
 * @public
 */
export function generateBundleWithPrograms(
  spec: ClusterSpec,
  programs: ReleasePrograms,
  options: GenerateOptions,
): AsyncGenerator<OutputFile | StreamedOutputFile, void, undefined> {
  const members = new Map(spec.members.map((member) => [member.name, member]));
  return generateFiles<OutputFile | StreamedOutputFile>(
    spec,
    { ...options, generator: GENERATOR },
    async (bundle) => {
      const member = bundle.kind === 'member' ? members.get(bundle.name) : undefined;
      return member === undefined
        ? packWhole(bundle, archiveBundle, options.crypto)
        : packWithPrograms(bundle, spec.etcd, programs.of(member));
    },
  );
}
