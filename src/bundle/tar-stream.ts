import { ENTRY_DATE, packAny, refuseNames } from './pack.js';
import { BLOCK, END, resizeHeader, type TarName, ustarHeader } from './ustar.js';

/**
 * A file of a tar whose contents come in pieces.
 *
 * @internal
 */
export interface TarSource extends TarName {
  /** Bytes that `open` gives. */
  readonly size: number;
  readonly open: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/**
 * The tar that packBundle makes of these files, piece by piece.
 *
 * @param name - of the host, for messages
 * @throws EtcdBundleError `invalid-bundle` as packBundle does
 * @internal
 */
export async function* tarStream(
  name: string,
  sources: readonly TarSource[],
): AsyncGenerator<Uint8Array, void, undefined> {
  refuseNames({ name, files: sources });
  for (const source of sources.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const { size } = source;
    yield ustarHeader(source, size, ENTRY_DATE) ?? (await anyHeader(source, size));
    let written = 0;
    for await (const bytes of source.open()) {
      written += bytes.length;
      yield bytes;
    }
    if (written !== size) throw new RangeError(`${source.path} has ${written} bytes, not ${size}`);
    yield new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield new Uint8Array(END);
}

/** With a pax record in front; the file's own header is the last block. */
async function anyHeader({ path, mode, owner }: TarName, size: number): Promise<Uint8Array> {
  const tar = await packAny([{ path, mode, owner, bytes: new Uint8Array() }]);
  const header = tar.slice(0, -END);
  resizeHeader(header.subarray(-BLOCK), size);
  return header;
}
