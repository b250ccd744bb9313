import { createHash } from 'node:crypto';
import {
  type GenerateOptions as BundleOptions,
  generateBundle as generate,
  generateFiles,
  packWhole,
  refuseUnreadArchive,
} from '../bundle/generate.js';
import type { ClusterSpec } from '../cluster-spec.js';
import { archiveBundle } from './archive.js';
import { packWithPrograms } from './programs/pack-programs.js';
import type { ReleasePrograms } from './programs/release-archives.js';
import type { SpilledText } from './spilled-text.js';
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
 * {@link generateBundle} for {@link writeOutput}: what grows with the members, or with the programs of `etcd.archive` that every member's
 * tarball holds, comes in pieces, so that memory does not grow with it. The bytes are the same.
 *
 * @param programs - of the document, which the caller closes once the bundle is written; undefined where it names no `etcd.archive`
 * @throws EtcdBundleError as {@link generateBundle} does
 * @example
 * ```ts
 * const { text, folder } = await readDocument('cluster.yaml');
 * const spec = parseClusterDocument(text);
 * const programs = await readReleaseArchives(spec, folder);
 * const options = { crypto: nodeCryptoProvider(), now, document: text };
 * await writeOutput('bundle', generateBundleWithPrograms(spec, programs, options));
 * ```
 * @public
 */
export async function* generateBundleWithPrograms(
  spec: ClusterSpec,
  programs: ReleasePrograms | undefined,
  options: GenerateOptions,
): AsyncGenerator<OutputFile | StreamedOutputFile, void, undefined> {
  yield* generateStored(spec, programs, options, {});
}

/**
 * {@link generateBundleWithPrograms} with the manifest's parts in stores of the caller's, which closes them once the bundle is written.
 *
 * @internal
 */
export async function* generateStored(
  spec: ClusterSpec,
  programs: ReleasePrograms | undefined,
  options: GenerateOptions,
  { openStore }: Partial<Pick<SpilledText, 'openStore'>>,
): AsyncGenerator<OutputFile | StreamedOutputFile, void, undefined> {
  if (programs === undefined) refuseUnreadArchive(spec);
  const members = new Map(spec.members.map((member) => [member.name, member]));
  yield* generateFiles<OutputFile | StreamedOutputFile>(
    spec,
    { ...options, generator: GENERATOR },
    {
      tarball: async (bundle) => {
        const member = bundle.kind === 'member' ? members.get(bundle.name) : undefined;
        return programs === undefined || member === undefined
          ? packWhole(bundle, archiveBundle, options.crypto)
          : packWithPrograms(bundle, spec.etcd, programs.of(member));
      },
      manifest: async (path, pieces) => ({
        file: { path, mode: 0o644, open: () => streamOf(pieces) },
        sha256: digestOf(pieces),
      }),
      ...(openStore === undefined ? {} : { openStore }),
    },
  );
}

async function* streamOf(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* pieces;
}

function digestOf(pieces: Iterable<Uint8Array>): string {
  const hash = createHash('sha256');
  for (const bytes of pieces) hash.update(bytes);
  return hash.digest('hex');
}
