import { createReadStream } from 'node:fs';

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
  for await (const chunk of typeof source === 'string' ? createReadStream(source) : source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
