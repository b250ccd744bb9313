import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isEtcdBundleError } from '../../errors.js';
import { entryNameFault } from '../../text/entry-name.js';
import { quoteValue } from '../../text/quote-value.js';
import { piecesOf, streamOf } from '../read/web-stream.js';
import { type ArchiveFile, refused } from './archive-file.js';

/**
 * An entry of a release archive.
 *
 * @internal
 */
export interface ArchiveEntry {
  /** Without a slash at its end. */
  readonly name: string;
  /** `file`, `directory`, or another type, such as `symlink`. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Of files; what is not read is passed over. */
  readonly body: () => AsyncGenerator<Uint8Array, void, undefined>;
}

/** Today's archives have some 40 entries and 60 MB, older ones 200 entries. */
const MAX_ENTRIES = 10_000;
const MAX_BYTES = 2 ** 30;
const CURE = "Name etcd's own release archive for Linux, as it was released.";

/**
 * Goes through a gzip tar, without holding more of it than a piece.
 *
 * @throws EtcdBundleError `invalid-spec` for what is not one, is damaged, or has a name that leads out of a folder
 * @internal
 */
export async function* archiveEntries(file: ArchiveFile): AsyncGenerator<ArchiveEntry, void, undefined> {
  const { createTarDecoder } = await import('modern-tar');
  const reader = streamOf(unzipped(file))
    .pipeThrough(createTarDecoder({ strict: true }))
    .getReader();
  let entries = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      entries += 1;
      if (entries > MAX_ENTRIES)
        throw refused('tarball-too-large', `${file.shown} has too many entries.`, CURE);
      const { header, body } = value;
      const name = header.name.replace(/\/$/, '');
      const fault = entryNameFault(name);
      if (fault !== undefined)
        throw refused(
          'archive-entry',
          `${file.shown} has an entry ${quoteValue(header.name)}, which ${fault}.`,
          CURE,
        );
      let isRead = false;
      yield {
        name,
        type: header.type ?? 'file',
        size: header.size,
        body: () => {
          isRead = true;
          return piecesOf(body);
        },
      };
      // Cancelling it would leave the decoder waiting, once it has more than it may hold.
      if (!isRead) for await (const piece of piecesOf(body)) void piece;
    }
  } catch (error) {
    if (isEtcdBundleError(error)) throw error;
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    const isTar = entries > 0 || !/^Invalid tar (?:header|number)/.test(reason);
    throw isTar
      ? refused('damaged-tarball', `${file.shown} cannot be read: ${reason}.`, CURE)
      : refused('not-a-tarball', `${file.shown} is not a tarball.`, CURE);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function* unzipped(file: ArchiveFile): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const chunks = file.chunks();
  const { value: first = new Uint8Array() } = await chunks.next();
  if (first[0] !== 0x1f || first[1] !== 0x8b)
    throw refused('not-a-tarball', `${file.shown} is not compressed with gzip.`, CURE);
  const gunzip = createGunzip();
  const source = Readable.from(prepended(first, chunks), { objectMode: true });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let size = 0;
  for await (const chunk of gunzip) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.length;
    if (size > MAX_BYTES)
      throw refused('tarball-too-large', `${file.shown} unpacks to more than 1 GiB.`, CURE);
    yield new Uint8Array(chunk);
  }
}

async function* prepended(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield first;
  yield* rest;
}
