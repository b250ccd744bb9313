import { createHash } from 'node:crypto';
import type { HostBundle } from '../../bundle/file-plan.js';
import type { PackedTarball } from '../../bundle/generate.js';
import { placePrograms } from '../../bundle/programs.js';
import { type TarSource, tarStream } from '../../bundle/tar-stream.js';
import type { EtcdSpec } from '../../cluster-spec.js';
import { storedGzipStream } from '../stored-gzip.js';
import type { StreamedOutputFile } from '../write/output-file.js';
import type { ReleaseProgram } from './release-archives.js';

/**
 * The tarball of a host that gets programs besides its files. It is made twice, once for its digest, which the manifest has to have, and
 * once as it is written; the same bytes come each time.
 *
 * @internal
 */
export async function packWithPrograms(
  bundle: HostBundle,
  etcd: EtcdSpec,
  programs: readonly ReleaseProgram[],
): Promise<PackedTarball<StreamedOutputFile>> {
  const placed = placePrograms(etcd, programs);
  const sources: TarSource[] = bundle.files.map((file) => ({
    ...file,
    size: file.bytes.length,
    open: () => [file.bytes],
  }));
  for (const file of placed) {
    const program = programs.find(({ name }) => name === file.program);
    if (program !== undefined) sources.push({ ...file, open: program.open });
  }
  const open = (): AsyncIterable<Uint8Array> => storedGzipStream(tarStream(bundle.name, sources));
  const hash = createHash('sha256');
  for await (const bytes of open()) hash.update(bytes);
  return {
    file: { path: `${bundle.name}.tar.gz`, mode: 0o600, open },
    sha256: hash.digest('hex'),
    programs: placed,
  };
}
