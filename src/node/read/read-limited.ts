import { close, open, read } from 'node:fs';
import { promisify } from 'node:util';

const CHUNK = 2 ** 16;
const openLater = promisify(open);
const readLater = promisify(read);
const closeLater = promisify(close);

/**
 * The bytes of a file or stream, or undefined where there are more than the limit. A file is read to its end instead of trusting
 * its size, so that pipes and files of /proc can be given.
 *
 * @internal
 */
export async function readLimited(
  source: string | AsyncIterable<Uint8Array | string>,
  limit: number,
): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of typeof source === 'string' ? readChunks(source) : source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** As createReadStream() does, whose code takes longer to load than a document to read. A pipe waits in libuv's pool. */
async function* readChunks(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const descriptor = await openLater(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await readLater(descriptor, Buffer.alloc(CHUNK), 0, CHUNK, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await closeLater(descriptor);
  }
}
