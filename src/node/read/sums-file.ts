import { readBundleFile } from './bundle-file.js';

/** @internal */
export const SUMS_NAME = 'SHA256SUMS';
const MAX_BYTES = 64 * 2 ** 20;

/**
 * The sums of a bundle as sha256sum(1) writes them, line by line; none where only the state was kept.
 *
 * @throws EtcdBundleError `system` where they cannot be read
 * @internal
 */
export async function readSumsFile(
  folder: string,
): Promise<{ readonly lines: readonly string[]; readonly fault: string | undefined }> {
  const bytes = await readBundleFile(folder, SUMS_NAME, MAX_BYTES);
  return typeof bytes === 'string'
    ? { lines: [], fault: bytes }
    : { lines: new TextDecoder().decode(bytes).split('\n'), fault: undefined };
}
