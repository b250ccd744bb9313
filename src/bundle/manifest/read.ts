import { inspectManifest } from './inspect.js';
import type { Manifest } from './manifest.js';

/**
 * Reads `bundle.json`, of format 2 or 1, which may be anybody's.
 *
 * @returns undefined where it is not the manifest of a bundle, or says what etcd-bundle does not write
 * @example
 * ```ts
 * const manifest = readManifest(await readFile('bundle/bundle.json', 'utf8'));
 * manifest?.hosts.map(({ name }) => name); // => ['e1', 'e2', 'e3', 'admin']
 * ```
 * @public
 */
export function readManifest(text: string): Manifest | undefined {
  const found = inspectManifest(text);
  return found.type === 'manifest' ? found.manifest : undefined;
}
